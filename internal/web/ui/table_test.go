package ui

import (
	"fmt"
	"io"
	"testing"

	"github.com/a-h/templ"
)

func TestTableNamesCellsForCards(t *testing.T) {
	rows := []sampleMember{{Name: "甲<b>", Branch: ""}}
	html := render(t, Table(TableProps[sampleMember]{ID: "t", Title: "名册", Count: "1 人", Rows: rows, Href: func(sampleMember) string { return "/p/1" },
		Columns: []Column[sampleMember]{
			TextCol("姓名", func(m sampleMember) string { return m.Name }).Strong(),
			TextCol("支部", func(m sampleMember) string { return m.Branch }).Num().Muted(),
			Col("类别", func(sampleMember) templ.Component { return Badge(Info, "正式") }),
		}}))
	want(t, html, `id="t"`, `名册`, `1 人`, `<thead>`, `scope="col"`, `姓名`, `<tbody>`, `scope="row"`, `href="/p/1"`, `甲&lt;b&gt;`, `class="num muted"`, `data-label="支部"`, `—`, `data-label="类别"`, `badge-info`)
	reject(t, html, "pager", "data-bulk", "checkbox", "<tfoot>")
}

func TestTableSortLinksTurnTheOrder(t *testing.T) {
	col := TextCol("姓名", func(m sampleMember) string { return m.Name })
	props := TableProps[sampleMember]{Rows: sampleMembers(), Columns: []Column[sampleMember]{col.SortBy("name"), col.SortBy("joined"), col},
		Sort: Sort{Key: "name", Href: func(k string, desc bool) string { return fmt.Sprintf("/m?s=%s&d=%t", k, desc) }}}
	html := render(t, Table(props))
	want(t, html, `aria-sort="ascending"`, `href="/m?s=name&amp;d=true"`, `aria-sort="none"`, `href="/m?s=joined&amp;d=false"`, `aria-sort="none"`)
	props.Sort.Desc = true
	want(t, render(t, Table(props)), `aria-sort="descending"`, `href="/m?s=name&amp;d=false"`)
}

func TestTableBulkUsesOneFormOutsideTheRows(t *testing.T) {
	html := render(t, Table(TableProps[sampleMember]{ID: "m", Rows: sampleMembers()[:2], Columns: sampleColumns(), Key: func(m sampleMember) string { return m.Name },
		Bulk: &Bulk{Action: "/bulk", Name: "who", Params: []Param{{"key", "k"}}, Buttons: []ButtonProps{{Text: "转接"}}}}))
	want(t, html, `<form class="bulk" id="m-bulk" method="post" action="/bulk"`, `name="key" value="k"`, `转接`, `</form>`, `data-all="m-bulk"`, `form="m-bulk" name="who" value="王建国"`, `value="李秀英"`)
}

func TestTableOffersNoChoiceOfRowsWithoutKey(t *testing.T) {
	rows := sampleMembers()[:2]
	html := render(t, Table(TableProps[sampleMember]{ID: "m", Rows: rows, Columns: sampleColumns(), Bulk: &Bulk{Action: "/open", Opens: true, Buttons: []ButtonProps{{Text: "转接"}}},
		Key: func(m sampleMember) string {
			if m.Name == rows[0].Name {
				return ""
			}
			return m.Name
		}}))
	want(t, html, `method="get" action="/open"`, `value="`+rows[1].Name+`"`)
	reject(t, html, `value="`+rows[0].Name+`"`, `value=""`)
}

func TestEmptyTableSaysWhatToDoAndKeepsItsFilters(t *testing.T) {
	html := render(t, Table(TableProps[sampleMember]{Title: "名册", Columns: sampleColumns(), Filters: FilterText("q", "姓名", "无此人"), Filter: "/m", Params: []Param{{"unit", "7"}},
		Empty: EmptyProps{Title: "没有这样的人", Text: "换一个条件再查"}}))
	want(t, html, `action="/m"`, `name="unit" value="7"`, `value="无此人"`, `type="submit"`, `没有这样的人`, `换一个条件再查`)
	reject(t, html, "<table")
}

func TestPagerShowsOnlyWhereOneCanGo(t *testing.T) {
	html := render(t, pager("名册", Pager{Text: "第 1–50 条", Next: "/m?after=50"}))
	want(t, html, `第 1–50 条`, `href="/m?after=50"`, `下一页`)
	reject(t, html, "上一页", "首页")
	if html := render(t, pager("名册", Pager{})); html != "" {
		t.Errorf("an empty pager prints %q", html)
	}
}

// BenchmarkDeskWithFiftyRows renders a whole desk page with a table of fifty
// rows, choice and filters; the aim is 2 ms or less.
func BenchmarkDeskWithFiftyRows(b *testing.B) {
	table := sampleRegister()
	table.Rows = nil
	for range 5 {
		table.Rows = append(table.Rows, sampleMembers()...)
	}
	d := galleryFrame(Page{Title: "党员名册", Assets: testAssets}, sampleNav())
	page := with(Desk(d), Table(table))
	b.ReportAllocs()
	for b.Loop() {
		if err := page.Render(b.Context(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
