from community.core import limits


class BrokenLimiter:
    """A store that cannot be reached."""

    def hit(self, *_args):
        raise ConnectionError


def visits(house, times, address="10.0.0.1"):
    guest = house.test_client()
    there = {"REMOTE_ADDR": address}
    return [guest.get("/rooms/everyone", environ_base=there) for _ in range(times)]


def test_over_the_pace_one_is_told_when_to_come_again(house):
    *_, last = answers = visits(house, 3)
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(last.headers["Retry-After"]) <= 61


def test_everybody_is_counted_alone(house):
    visits(house, 3)
    assert visits(house, 1, "10.0.0.2")[0].status_code == 200


def test_forwarded_addresses_are_not_believed(house):
    guest = house.test_client()
    answers = [
        guest.get("/rooms/everyone", headers={"X-Forwarded-For": f"1.2.3.{number}"}).status_code
        for number in range(3)
    ]
    assert answers == [200, 200, 429]


def test_a_store_that_fails_neither_opens_nor_closes_the_house(house, caplog):
    house.extensions["limits"] = limits.Counters()
    house.extensions["limits"]._shared = BrokenLimiter()
    answers = [answer.status_code for answer in visits(house, 4)]
    assert answers == [200, 200, 429, 429]
    assert caplog.text.count("counting in memory") == 1


def test_limits_can_be_lifted(house):
    house.config["RATE_LIMITS"] = False
    assert {answer.status_code for answer in visits(house, 9)} == {200}
