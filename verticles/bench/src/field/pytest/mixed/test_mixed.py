import pytest


def test_ok():
    assert 1 + 1 == 2


@pytest.mark.parametrize("n", [1, 2, 3])
def test_one_of_three_fails(n):
    assert n != 2


def test_fails_with_colour():
    print("\033[31mred\033[0m and ]]> and \x01")
    assert "\x1b[1m<tag>" == "]]>"


@pytest.fixture
def broken():
    raise RuntimeError("no set-up")


def test_error(broken):
    pass


@pytest.mark.skip(reason="not today")
def test_skipped():
    assert False


@pytest.mark.xfail
def test_expected_to_fail():
    assert False
