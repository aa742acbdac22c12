"""Every page: open to everybody's eyes, hands and devices. Axe looks for what stands in the way."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from community.site.first_code import code_of
from tests.journeys.conftest import BOTH, DESKTOP, Person

AXE = Axe().axe_script
LOOK = "only => axe.run(document, {resultTypes: ['violations'], ...only}).then(f => f.violations)"
EVERYTHING, COLOURS = {}, {"runOnly": ["color-contrast", "link-in-text-block"]}
# Colours change with the next frame but one.
PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
WIDE, PHONE, NARROW = 1280, 360, 320
GUEST, MEMBER, ADMIN, NOBODY = "", "ana", "ada@example.org", "nobody"
SHUT_OUT = "sven"
# Who opens it, and where it is; {names} are numbers of posts of the sample community.
PAGES = {
    "home": (GUEST, "/"),
    "list": (GUEST, "/questions"),
    "list, filtered": (GUEST, "/questions?state=solved&kind=question&tag=pressure"),
    "question": (GUEST, "/questions/{question}"),
    "product": (GUEST, "/products/tostalba-uno"),
    "tags": (GUEST, "/tags"),
    "tag": (GUEST, "/tags/{tag}"),
    "profile": (GUEST, "/members/{author}"),
    "search": (GUEST, "/search"),
    "search, hits": (GUEST, "/search?q=espresso&kind=question"),
    "search, no hit": (GUEST, "/search?q=zeppelin"),
    "unlawful content": (GUEST, "/unlawful-content"),
    "ask: product": (GUEST, "/questions/new"),
    "ask: topic": (GUEST, "/questions/new/tostalba-uno"),
    "ask: write": (GUEST, "/questions/new/tostalba-uno/none"),
    "leaderboards": (GUEST, "/leaderboards?span=all"),
    "badges": (GUEST, "/badges"),
    "badge": (GUEST, "/badges/first-solution"),
    "trust levels": (GUEST, "/help/trust-levels"),
    "log in": (GUEST, "/login"),
    "register": (GUEST, "/register"),
    "forgot": (GUEST, "/password-reset"),
    "history": (GUEST, "/posts/{question}/history"),
    "nothing here": (GUEST, "/no/such/page"),
    "question, member": (MEMBER, "/questions/{question}"),
    "ask: write, member": (MEMBER, "/questions/new/tostalba-uno/none"),
    "settings": (MEMBER, "/settings"),
    "security": (MEMBER, "/settings/security"),
    "picture": (MEMBER, "/uploads"),
    "notices": (MEMBER, "/notifications"),
    "notices by mail": (MEMBER, "/settings/notifications"),
    "give a badge": (ADMIN, "/members/{author}/badges/new"),
    "reports of votes": (ADMIN, "/moderation/votes"),
    "thank with words": (ADMIN, "/answers/{answer}/thanks/words"),
    "tags of a question": (ADMIN, "/questions/{question}/tags"),
    "place of a question": (ADMIN, "/questions/{question}/place"),
    "thread in order": (ADMIN, "/questions/{question}/order"),
    "merge threads": (ADMIN, "/questions/{question}/merging"),
    "split a thread": (ADMIN, "/questions/{question}/split"),
    "kind of a thread": (ADMIN, "/questions/{question}/purpose"),
    "pin a question": (ADMIN, "/questions/{question}/pin"),
    "own badge": (MEMBER, "/settings/badge"),
    "badges, admin": (ADMIN, "/admin/badges"),
    "trust levels, admin": (ADMIN, "/admin/trust-levels"),
    "new badge": (ADMIN, "/admin/badges/new"),
    "question, staff": (ADMIN, "/questions/{question}"),
    "edit question": (ADMIN, "/questions/{question}/edit"),
    "edit answer": (ADMIN, "/answers/{answer}/edit"),
    "close": (ADMIN, "/questions/{question}/closure"),
    "measure": (ADMIN, "/moderation/measure?post={answer}&rule=abusive"),
    "measure, member": (ADMIN, "/moderation/measure?member={suspended}"),
    "statement, staff": (ADMIN, "/measures/{measure}"),
    "statement, suspended": (SHUT_OUT, "/measures/{suspension}"),
    "suspended": (SHUT_OUT, "/suspended"),
    "removal": (ADMIN, "/moderation/members/{author}/removal"),
    "at once": (ADMIN, "/moderation/bulk/{bulk}"),
    "receipt of a notice": (GUEST, "/unlawful-content/{secret}"),
    "report a profile": (MEMBER, "/members/{author}/flag"),
    "measures": (ADMIN, "/moderation/measures"),
    "find posts": (ADMIN, "/moderation/posts?kind=answer"),
    "done at once": (ADMIN, "/moderation/bulk"),
    "log": (ADMIN, "/moderation/log"),
    "queue": (ADMIN, "/moderation/queue"),
    "queue, item": (ADMIN, "/moderation/queue/{item}"),
    "queue, notice": (ADMIN, "/moderation/queue/{notice}"),
    "queue, profile": (ADMIN, "/moderation/queue/{profile}"),
    "queue, nothing": (ADMIN, "/moderation/queue?kind=appeal"),
    "queue, decided": (ADMIN, "/moderation/queue?state=decided"),
    "checks": (ADMIN, "/moderation/checks"),
    "words": (ADMIN, "/moderation/words"),
    "spam filter": (ADMIN, "/moderation/spam-filter"),
    "report": (MEMBER, "/posts/{answer}/flag"),
    "own reports": (MEMBER, "/reports"),
    "redact": (ADMIN, "/moderation/redaction/{answer}"),
    "new rules": (ADMIN, "/rules/edit"),
    "rules": (GUEST, "/rules"),
    "contact": (GUEST, "/contact"),
    "decisions": (MEMBER, "/measures"),
    "admin": (ADMIN, "/admin"),
    "admin: banner": (ADMIN, "/admin/banners/new"),
    "admin: banners": (ADMIN, "/admin/banners"),
    "admin: brand": (ADMIN, "/admin/brand"),
    "admin: invitations": (ADMIN, "/admin/invitations"),
    "admin: log of settings": (ADMIN, "/admin/settings/log"),
    "admin: merge products": (ADMIN, "/admin/products/tostalba-uno/merging"),
    "admin: move a topic": (ADMIN, "/admin/topics/{topic}/moving"),
    "admin: people": (ADMIN, "/admin/people"),
    "admin: person": (ADMIN, "/admin/people/{author}"),
    "admin: permissions": (ADMIN, "/admin/permissions"),
    "admin: products": (ADMIN, "/admin/products"),
    "admin: replies": (ADMIN, "/admin/replies"),
    "admin: reply": (ADMIN, "/admin/replies/new"),
    "admin: settings": (ADMIN, "/admin/settings"),
    "admin: tags": (ADMIN, "/admin/tags"),
    "translations": (ADMIN, "/questions/{question}/translations"),
    "set up: code": (NOBODY, "/set-up"),
}
# What moderators have to look at.
QUARRELS = {
    "item": "SELECT id FROM review_items WHERE kind = 'flag' AND post_id IS NOT NULL",
    "profile": "SELECT id FROM review_items WHERE kind = 'flag' AND post_id IS NULL",
    "notice": "SELECT id FROM review_items WHERE kind = 'notice'",
    "secret": "SELECT secret FROM unlawful_notices",
    "measure": "SELECT id FROM measures WHERE act = 'warn'",
    "suspension": "SELECT id FROM measures WHERE act = 'suspend'",
    "suspended": "SELECT member_id FROM measures WHERE act = 'suspend'",
    "bulk": "SELECT id FROM bulk_acts",
}
each_page = pytest.mark.parametrize(("who", "path"), PAGES.values(), ids=list(PAGES))


def places(forum):
    """Return the numbers that stand for {names} in addresses."""
    solved = "FROM posts WHERE solution_id IS NOT NULL ORDER BY id LIMIT 1"
    ((question, author, answer),) = forum.rows(f"SELECT id, author_id, solution_id {solved}")
    ((tag,),) = forum.rows("SELECT slug FROM tags ORDER BY question_count DESC LIMIT 1")
    ((topic,),) = forum.rows("SELECT min(id) FROM topics")
    named = {"question": question, "author": author, "answer": answer, "tag": tag, "topic": topic}
    return named | {name: forum.rows(sql)[0][0] for name, sql in QUARRELS.items()}


@pytest.fixture(scope="module")
def readers(browser, street):
    """Give a page on which somebody is logged in already; each opens one page after the other."""
    known = {}

    def _reader(language, who) -> Person:
        if (language, who) not in known:
            forum = street.forum(language, empty=who == NOBODY)
            reader = known[language, who] = Person(browser, forum, **DESKTOP)
            reader.page.emulate_media(reduced_motion="reduce")
            reader.places = {} if who == NOBODY else places(forum)
            if who not in {GUEST, NOBODY}:
                reader.logs_in(who)
        return known[language, who]

    yield _reader
    for reader in known.values():
        reader.browser.close()


@pytest.fixture
def opened(readers, language, who, path):
    """A page that was opened, whose console stays silent."""
    reader = readers(language, who)
    reader.problems.clear()
    reader.page.emulate_media(color_scheme="light")
    reader.page.set_viewport_size({"width": WIDE, "height": 800})
    reader.opens(path.format(**reader.places))
    yield reader.page
    missing = "status of 404" if path.startswith("/no/") else "\0"
    assert [problem for problem in reader.problems if missing not in problem] == []


def found(page, scheme, width, rules=EVERYTHING):
    """Return what axe finds on the page as this reader has it."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(PAINTED)
    return [
        f"{scheme} {width}: {each['id']}: {node['html'][:200]}"
        for each in page.evaluate(LOOK, rules)
        for node in each["nodes"]
    ]


def hangs_over(page, width=NARROW):
    """Return what is wider than the screen, if the page can be scrolled sideways."""
    page.set_viewport_size({"width": width, "height": 800})
    return page.evaluate(
        """() => {
          const root = document.documentElement;
          if (root.scrollWidth <= root.clientWidth) return [];
          return [...document.body.querySelectorAll("*")]
            .filter((each) => each.getBoundingClientRect().right > root.clientWidth + 1)
            .map((each) => `${each.tagName}.${each.className}`).slice(0, 8)
            .concat(`page: ${root.scrollWidth}`);
        }"""
    )


@each_page
@pytest.mark.parametrize("language", BOTH[:1])
def test_axe_finds_nothing_and_nothing_hangs_over(opened):
    opened.evaluate(AXE)
    # By night a page of the same width is made of the same parts: only colours can be wrong.
    looks = [("light", WIDE), ("dark", WIDE, COLOURS), ("dark", PHONE)]
    assert [each for look in looks for each in found(opened, *look)] == []
    assert hangs_over(opened) == []


@each_page
@pytest.mark.parametrize("language", BOTH[1:])
def test_nothing_hangs_over_in_the_longer_language_either(opened):
    assert hangs_over(opened) == []


@pytest.mark.parametrize("language", BOTH[:1])
def test_similar_questions_before_posting_are_open_to_all(readers, language):
    member = readers(language, MEMBER)
    page = member.opens("/questions/new/tostalba-uno/none")
    page.evaluate("document.querySelector('[data-similar-region]').remove()")
    page.locator("[name=title]").fill("Espresso runs through in nine seconds and is sour")
    page.locator("[name=body]").fill("What is it that I do wrong in the morning?")
    member.presses("Post your question")
    page.locator("#similar-head").wait_for()
    page.evaluate(AXE)
    assert found(page, "light", WIDE) + found(page, "dark", PHONE) == []
    assert hangs_over(page) == []


@pytest.mark.parametrize("language", BOTH[:1])
def test_setting_up_is_open_to_all(readers, language):
    owner = readers(language, NOBODY)
    page = owner.opens("/set-up")
    page.locator("[name=code]").fill(code_of((owner.forum.instance / "secret_key").read_text()))
    owner.presses("Continue")
    page.evaluate(AXE)
    assert found(page, "light", WIDE) + found(page, "dark", PHONE) == []
    assert hangs_over(page) == []
    assert owner.problems == []
