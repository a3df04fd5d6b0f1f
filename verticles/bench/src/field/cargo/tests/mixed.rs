#[test]
fn ok() {
    assert_eq!(field::one(), 1);
}

#[test]
fn fails() {
    assert_eq!("]]>", "\u{1b}[31m<b>");
}

#[test]
#[ignore]
fn ignored() {}

#[test]
#[should_panic]
fn panics_as_it_should() {
    panic!("yes");
}
