"""How to reach those who run the community: two contact points (DSA, Articles 11 and 12)."""

from __future__ import annotations

from community.core.i18n import _l
from community.core.settings import Setting

OF_MEMBERS = Setting(
    "contact_of_members",
    "",
    _l("The e-mail address or page where members reach a person of the team."),
    most=200,
)
OF_AUTHORITIES = Setting(
    "contact_of_authorities",
    "",
    _l("The e-mail address where authorities and the Commission reach the company."),
    most=200,
)
LANGUAGES = Setting(
    "contact_languages",
    "English, español",
    _l("The languages in which authorities may write."),
    most=200,
)
COMPANY = Setting(
    "contact_company",
    "",
    _l("The company that runs the community, with its postal address."),
    most=400,
)
