import os
import unittest


class Crash(unittest.TestCase):
    def test_a(self):
        pass

    def test_b(self):
        os.abort()
