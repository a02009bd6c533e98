package db_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

// victimDSN makes the test program a writer that is to be killed.
const victimDSN = "CUNJU_DBTEST_VICTIM"

// victim commits rows one after the other, two in each transaction, and says
// each number after its commit.
func victim(dsn string) int {
	ctx := context.Background()
	d, err := db.Open(ctx, dsn)
	for i := int64(0); err == nil; i++ {
		err = d.Update(ctx, func(tx *db.Tx) error {
			return tx.Insert(ctx, payment, [][]any{{town, 2 * i, i}, {town, 2*i + 1, i}})
		})
		if err == nil {
			_, err = fmt.Println(i)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// A process killed at any moment loses nothing it acknowledged, and leaves
// nothing half-done.
func TestKilledWriterKeepsItsWord(t *testing.T) {
	run := func(t *testing.T, dsn string) {
		ctx := t.Context()
		d, err := db.Open(ctx, dsn)
		must(t, err)
		create(t, d, payment)
		must(t, d.Close())
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), victimDSN+"="+dsn)
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		must(t, err)
		must(t, cmd.Start())
		acknowledged := int64(-1)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			n, err := strconv.ParseInt(lines.Text(), 10, 64)
			must(t, err)
			acknowledged = n
			if n == 200 {
				must(t, cmd.Process.Kill())
			}
		}
		if err := cmd.Wait(); err == nil || acknowledged < 200 {
			t.Fatalf("the writer ended by itself after %d: %v", acknowledged, err)
		}
		d, err = db.Open(ctx, dsn)
		must(t, err)
		defer d.Close()
		n, _ := sum(t, d)
		if n < 2*(acknowledged+1) {
			t.Errorf("%d rows, but %d transactions of two were acknowledged", n, acknowledged+1)
		}
		whole, err := db.One[int64](ctx, d, "SELECT count(*) FROM (SELECT fen FROM payment WHERE town = $1 GROUP BY fen HAVING count(*) = 2) p", town)
		must(t, err)
		if 2*whole != n {
			t.Errorf("%d rows, but %d whole transactions", n, whole)
		}
		insert(t, d, payment, []any{town, -1, -1})
	}
	t.Run("sqlite", func(t *testing.T) { run(t, "sqlite:"+filepath.Join(t.TempDir(), "killed.db")) })
	t.Run("postgres", func(t *testing.T) { run(t, dbtest.PostgresDSN(t)) })
}
