"""How to reach those who run the community: two contact points (DSA, Articles 11 and 12)."""

from __future__ import annotations

from community.core.settings import Setting

OF_MEMBERS = Setting(
    "contact_of_members",
    "",
    "The e-mail address or page where members reach a person of the team.",
    most=200,
)
OF_AUTHORITIES = Setting(
    "contact_of_authorities",
    "",
    "The e-mail address where authorities and the Commission reach the company.",
    most=200,
)
LANGUAGES = Setting(
    "contact_languages",
    "English, español",
    "The languages in which authorities may write.",
    most=200,
)
COMPANY = Setting(
    "contact_company",
    "",
    "The company that runs the community, with its postal address.",
    most=400,
)
