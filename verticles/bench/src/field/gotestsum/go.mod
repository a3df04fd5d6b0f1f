module example.org/field

go 1.20
