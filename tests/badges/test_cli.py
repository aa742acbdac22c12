"""The command that awards what history deserves."""


def test_the_run_says_how_many_came_and_finds_nothing_the_second_time(app, make):
    make.question()
    runner = app.test_cli_runner()
    assert runner.invoke(args=["badges", "run"]).output == "1 badges awarded.\n"
    assert runner.invoke(args=["badges", "run"]).output == "0 badges awarded.\n"
