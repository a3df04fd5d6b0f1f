import os


def test_before():
    pass


def test_kills_the_process():
    os.abort()
