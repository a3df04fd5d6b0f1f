*** Settings ***
Library    Killer.py

*** Test Cases ***
A
    No Operation

B
    Abort The Process
