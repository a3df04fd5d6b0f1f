*** Test Cases ***
A
    No Operation

B
    No Operation
