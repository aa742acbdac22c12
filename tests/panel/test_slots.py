"""Where the panel shows up on other pages."""


def test_the_menu_leads_admins_to_the_panel(log_in, make):
    assert 'href="/admin"' in log_in(make.admin()).get("/tags").text


def test_the_menu_hides_the_panel_from_everybody_else(log_in, make):
    assert 'href="/admin"' not in log_in(make.moderator()).get("/tags").text
