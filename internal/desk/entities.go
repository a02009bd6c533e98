package desk

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/desk/body"
	"cunju/internal/journal"
	"cunju/internal/web"
)

// Entity is how pages name the entities of one type. Slices bring theirs; cmd joins them.
type Entity struct {
	Title  string // 组织
	Person bool   // a name tells who a person is
	Href   func(id int64) string
	Opens  []string // the acts of package access one of which opens its page; nil opens it to everybody at a desk
	Names  func(ctx context.Context, q db.Querier, town string, ids []int64) (map[int64]string, error)
}

// NamesBy makes [Entity.Names] of a query for id and name, which takes the town as $1 and has %s where the list of ids belongs.
func NamesBy(query string) func(context.Context, db.Querier, string, []int64) (map[int64]string, error) {
	return func(ctx context.Context, q db.Querier, town string, ids []int64) (map[int64]string, error) {
		list, args := db.In(2, ids)
		rows, err := db.All[struct {
			ID   int64
			Name string
		}](ctx, q, fmt.Sprintf(query, list), append([]any{town}, args...)...)
		m := make(map[int64]string, len(rows))
		for _, r := range rows {
			m[r.ID] = r.Name
		}
		return m, err
	}
}

// Named is an entity as pages name it.
type Named struct {
	ID    int64
	Type  string // of the journal: org.unit
	Title string // of the type: 组织
	Name  string // "" when the tables do not know it any more
	Href  string
}

// Text is the name, or what the entity is.
func (n Named) Text() string {
	if n.Name != "" {
		return n.Name
	}
	return fmt.Sprintf("%s（第 %d 号）", n.Title, n.ID)
}

// Named names entities by their numbers, in one query for the types and one for each type among them.
func (h *House) Named(ctx context.Context, ids []int64) (map[int64]Named, error) {
	out := map[int64]Named{}
	if len(ids) == 0 {
		return out, nil
	}
	list, args := db.In(2, ids)
	rows, err := db.All[struct {
		ID   int64
		Type string
	}](ctx, h.DB, `SELECT id, type FROM journal_entity WHERE town = $1 AND id IN (`+list+`)`, append([]any{h.Town}, args...)...)
	if err != nil {
		return nil, err
	}
	byType := map[string][]int64{}
	for _, r := range rows {
		byType[r.Type] = append(byType[r.Type], r.ID)
	}
	for name, ids := range byType {
		t := h.Entities[name]
		names := map[int64]string{}
		if t.Names != nil {
			if names, err = t.Names(ctx, h.DB, h.Town, ids); err != nil {
				return nil, err
			}
		}
		for _, id := range ids {
			n := Named{ID: id, Type: name, Title: t.Title, Name: names[id]}
			if n.Title == "" {
				n.Title = "对象"
			}
			if t.Href != nil {
				n.Href = t.Href(id)
			}
			out[id] = n
		}
	}
	return out, nil
}

// words are what a body's codes and numbers are called. The numbers are those of [body.Numbers]: all are named at once.
func (h *House) words(ctx context.Context, numbers ...map[string][]int64) (body.Words, error) {
	var ids []int64
	for _, m := range numbers {
		for ref, list := range m {
			if ref == body.Act {
				continue
			}
			for _, id := range list {
				if id >= 0 && !slices.Contains(ids, id) {
					ids = append(ids, id)
				}
			}
		}
	}
	named, err := h.Named(ctx, ids)
	return body.Words{Lists: h.Lists, Names: func(ref string, id int64) body.Name {
		if ref == body.Act {
			return body.Name{Text: fmt.Sprintf("第 %d 号", id), Href: actPath(id)}
		}
		n, ok := named[id]
		if !ok {
			n = Named{ID: id, Title: h.Entities[ref].Title}
		}
		return body.Name{Text: n.Text(), Href: n.Href}
	}}, err
}

func actPath(n int64) string { return fmt.Sprintf("/desk/acts/%d", n) }

// subjects names what a page of acts is about, act by act, as far as the reader may read such acts: what a kind says of persons
// is theirs alone to see who carries that power where the persons belong. persons counts the names of persons that are given.
func (p *Pages) subjects(r *web.Request, acts []journal.Act) (names map[int64][]Named, persons int64, err error) {
	ids, units, err := p.unitsUnder(r.Context(), acts)
	if err != nil {
		return nil, 0, err
	}
	named, err := p.Named(r.Context(), ids)
	if err != nil {
		return nil, 0, err
	}
	may, err := p.Powers(r, slices.Concat(slices.Collect(maps.Values(units))...))
	if err != nil {
		return nil, 0, err
	}
	names = map[int64][]Named{}
	seen := map[int64]bool{}
	for _, a := range acts {
		info := p.Journal.Book().Info(a.Kind)
		for _, id := range a.On {
			n, ok := named[id]
			if !ok {
				continue
			}
			power := info.Read
			if power == "" && p.Entities[n.Type].Person {
				power = access.PeopleRead
			}
			if power != "" && !p.Journal.Book().Public(a.Kind) && !may.Any(power, units[id]) {
				continue
			}
			if opens := p.Entities[n.Type].Opens; opens != nil && !slices.ContainsFunc(opens, func(power string) bool { return may.Any(power, units[id]) }) {
				n.Href = ""
				if !p.Journal.Book().Public(a.Kind) {
					n.Name = ""
				}
			}
			names[a.N] = append(names[a.N], n)
			if p.Entities[n.Type].Person && !seen[id] {
				seen[id] = true
				persons++
			}
		}
	}
	return names, persons, nil
}

// unitsUnder returns the entities that acts are about, each with its units. What belongs to no unit belongs to the town's first.
func (p *Pages) unitsUnder(ctx context.Context, acts []journal.Act) (ids []int64, units map[int64][]int64, err error) {
	for _, a := range acts {
		for _, id := range a.On {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	if units, err = p.unitsOf(ctx, ids); err != nil {
		return nil, nil, err
	}
	first, err := p.firstUnit(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, id := range ids {
		if units[id] == nil {
			units[id] = first
		}
	}
	return ids, units, nil
}
