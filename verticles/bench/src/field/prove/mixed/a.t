use Test::More;
ok(1, 'is ok');
ok(0, 'fails');
is("a", "b", 'differs');
SKIP: { skip 'not today', 1; ok(0); }
subtest 'inner' => sub { plan tests => 1; ok(1, 'one') };
done_testing;
