# Leads the session of a command: prctl_number left_file command...
# As child subreaper of the command it also inherits processes that left the session and the
# environment, so nothing outlives the command unseen. It exits with the command's exit code,
# or 128 + n after signal n.
#   The first TERM: waits until all processes end. The second: kills all of them now.
#   Without TERM it kills what is left a second after the command's end, and writes the names of
#   these processes to left_file.
my ($prctl, $leftFile, @command) = @ARGV;
my $PR_SET_CHILD_SUBREAPER = 36;
my ($WNOHANG, $EINTR) = (1, 4);
my ($terms, $status, $ended) = (0, 0, 0);
syscall($prctl + 0, $PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) if $prctl;
$SIG{TERM} = sub { $terms++ };
$SIG{$_} = sub { } for qw(HUP INT QUIT);
my $main = fork();
defined $main or die "cannot fork: $!\n";
if (!$main) {
  exec { $command[0] } @command;
  print STDERR "cannot run $command[0]: $!\n";
  exit 127;
}
$0 = 'cta-supervisor';
# returns the pid of a child that ended, 0 when none has, below 0 when no child is left
sub reap {
  my ($flags) = @_;
  my $pid = waitpid(-1, $flags);
  if ($pid == $main) { ($status, $ended) = ($?, 1) }
  return $pid < 0 && $! == $EINTR ? 0 : $pid;
}
sub nap { select(undef, undef, undef, 0.01) }
sub isChild {
  my ($pid) = @_;
  local $/;
  open(my $stat, '<', "/proc/$pid/stat") or return 0;
  return (readline($stat) // '') =~ /^.*\) (\S) (\d+) /s && $2 == $$ && $1 ne 'Z';
}
sub children {
  opendir(my $proc, '/proc') or return ();
  return grep { /^\d+$/ && isChild($_) } readdir($proc);
}
sub name {
  my ($pid) = @_;
  open(my $comm, '<', "/proc/$pid/comm") or return $pid;
  chomp(my $name = readline($comm) // '');
  return "$name ($pid)";
}
my $alone = 0;
while (!$ended && !$alone && $terms < 2) { $alone = reap(0) < 0 }
for (my $naps = 0; !$alone && $terms < 2 && ($terms || $naps < 100);) {
  my $pid = reap($WNOHANG);
  if ($pid == 0) { nap(); $naps++ }
  $alone = $pid < 0;
}
my @left = $alone ? () : children();
if (@left && !$terms && $leftFile ne '' && open(my $out, '>', $leftFile)) {
  print $out join(', ', map { name($_) } @left);
  close($out);
}
for (my $rounds = 0; @left && $rounds < 200; $rounds++) {
  kill('KILL', @left);
  nap();
  1 while reap($WNOHANG) > 0;
  @left = children();
}
exit($status & 127 ? 128 + ($status & 127) : $status >> 8);
