use Test::More;
ok(1, 'is ok');
ok(0, 'fails');
is("a", "b", 'differs');
SKIP: { skip 'not today', 1; ok(0); }
TODO: { local $TODO = 'later'; ok(0, 'not yet'); }
subtest 'inner' => sub { plan tests => 2; ok(1, 'one'); ok(1, 'two') };
done_testing;
