"""Building sitemaps by command."""

from community.seo.sitemaps import shelf


def test_the_command_builds_and_counts(app, make):
    make.product("Kettle 9000")
    done = app.test_cli_runner().invoke(args=["seo", "sitemaps"])
    assert done.output == "The sitemaps lead to 4 pages.\n"
    assert shelf.tag("products-0")
