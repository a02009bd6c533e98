package backup

import (
	"slices"

	"cunju/internal/db"
)

// The parts with rows, and the columns they have for ever. Every table here belongs to another package; the order of columns
// is the one in which archives write them.

func ints(names ...string) []db.Column  { return columns(db.Int, names) }
func texts(names ...string) []db.Column { return columns(db.Text, names) }
func blobs(names ...string) []db.Column { return columns(db.Bytes, names) }

func columns(t db.Type, names []string) []db.Column {
	out := make([]db.Column, len(names))
	for i, n := range names {
		out[i] = db.Column{Name: n, Type: t}
	}
	return out
}

func table(name string, key int, columns ...[]db.Column) db.Table {
	t := db.Table{Name: name, Key: key, Columns: texts("town")}
	for _, c := range columns {
		t.Columns = append(t.Columns, c...)
	}
	return t
}

var (
	headTable = table("journal_head", 1, texts("origin"), ints("size"), blobs("root"), ints("recorded"))
	tileTable = table("journal_tile", 3, ints("level", "i"), blobs("hashes"))
	actTable  = table("journal_act", 2, ints("n"), texts("kind"), ints("recorded"), texts("effective"), blobs("commitment", "leaf"),
		[]db.Column{{Name: "salt", Type: db.NullBytes}}, texts("payload"))
)

// rowPart is a part that holds a town's rows of a table.
type rowPart struct {
	file  string // below towns/<town>/
	title string // for people
	table db.Table
	keys  bool // the table is in the key database
}

// acts come first: whoever checks an archive learns from them most.
var rowParts = []rowPart{
	{"acts.jsonl", "总账", actTable, false},
	{"entities.jsonl", "总账索引", table("journal_on", 3, ints("entity", "n")), false},
	{"checkpoints.jsonl", "检查点", table("journal_checkpoint", 2, ints("size", "at"), texts("note")), false},
	{"requests.jsonl", "已办表单", table("journal_request", 2, texts("key"), blobs("input"), ints("first", "last", "at")), false},
	{"accounts.jsonl", "账号", table("account", 2, ints("id"), texts("login", "name"), ints("person"), texts("state", "hash"),
		ints("must_change", "created", "changed", "failures", "locked_until", "last_login")), false},
	{"logins.jsonl", "登录记录", table("account_event", 3, ints("at", "id", "account", "actor"), texts("kind", "device", "address")), false},
	chained,
	{"keys.jsonl", "个人信息密钥", table("keyring_key", 2, ints("handle"), blobs("wrapped"), ints("erased")), true},
}

var viewColumns = slices.Concat(ints("subject", "at", "id", "viewer"), texts("office", "act", "what", "page", "reason"), ints("persons"))

// The part of the view log: in archives of the first format its rows have no place in a chain.
var (
	chained   = rowPart{"views.jsonl", "查阅记录", table("access_view", 4, viewColumns, ints("seq"), texts("hash")), false}
	unchained = rowPart{chained.file, chained.title, table("access_view", 4, viewColumns), false}
)

// partsOf are the parts with rows of an archive of a format.
func partsOf(format string) []rowPart {
	parts := slices.Clone(rowParts)
	if format == firstFormat {
		parts[slices.IndexFunc(parts, func(p rowPart) bool { return p.file == chained.file })] = unchained
	}
	return parts
}

func (p rowPart) name(town string) string { return "towns/" + town + "/" + p.file }
