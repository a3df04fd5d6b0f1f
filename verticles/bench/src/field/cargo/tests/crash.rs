#[test]
fn a() {}

#[test]
fn b() {
    std::process::abort();
}
