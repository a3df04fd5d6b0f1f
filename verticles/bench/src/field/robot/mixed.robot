*** Test Cases ***
Is Ok
    Should Be Equal    a    a

Fails
    Should Be Equal    a    b

Is Skipped
    Skip    not today

Fails In Its Teardown
    No Operation
    [Teardown]    Fail    torn
