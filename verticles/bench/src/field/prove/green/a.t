use Test::More tests => 2;
ok(1, 'a');
ok(1, 'b');
