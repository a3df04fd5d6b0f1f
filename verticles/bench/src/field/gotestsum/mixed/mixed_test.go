package mixed

import "testing"

func TestOk(t *testing.T) {}

func TestFails(t *testing.T) { t.Error("wrong: ]]> \x1b[31mred") }

func TestSkipped(t *testing.T) { t.Skip("not today") }

func TestParent(t *testing.T) {
	t.Run("good", func(t *testing.T) {})
	t.Run("bad", func(t *testing.T) { t.Fatal("no") })
}
