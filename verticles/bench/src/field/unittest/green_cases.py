import unittest


class Green(unittest.TestCase):
    def test_a(self):
        pass

    def test_b(self):
        pass
