import os


def abort_the_process():
    os.abort()
