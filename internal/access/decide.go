package access

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cedar-policy/cedar-go"
)

// May decides whether one of the actor's offices carries the act on the target. Offices are tried in their order; the
// first that carries the act decides. A refusal names the sentence that stood against it, or who may do it instead.
func (p *Policy) May(actor Actor, act string, target Target) Decision {
	info, known := ActOf(act)
	if !known {
		return Decision{Reason: "没有“" + act + "”这一事项。"}
	}
	refusal := Decision{Need: p.Offices(act)}
	if actor.Person == 0 || len(actor.Offices) == 0 {
		refusal.Reason = "您目前没有任职，不能" + info.Name() + need(refusal.Need)
		return refusal
	}
	req := cedar.Request{
		Action:   cedar.EntityUID{Type: "Act", ID: cedar.String(act)},
		Resource: unitUID(target.Unit),
		Context: cedar.NewRecord(cedar.RecordMap{
			"person":   cedar.Long(actor.Person),
			"author":   cedar.Long(target.Author),
			"subject":  cedar.Long(target.Person),
			"relative": cedar.Boolean(target.Facts.Relative),
		}),
	}
	store := entities{resource: cedar.Entity{UID: req.Resource, Parents: unitUIDs(target.Path)}}
	for _, office := range actor.Offices {
		store.principal = principal(office)
		req.Principal = store.principal.UID
		by, forbidden, ok := p.evaluate(act, store, req)
		if ok {
			return Decision{Allowed: true, Policy: by.id, Law: by.law, Via: office}
		}
		if forbidden && refusal.Policy == "" {
			refusal.Policy, refusal.Law, refusal.Via = by.id, by.law, office
			refusal.Reason = by.title + "（" + by.law + "）" + need(refusal.Need)
		}
	}
	if refusal.Reason == "" {
		refusal.Reason = "您的职务不能在这里" + info.Name() + need(refusal.Need)
	}
	return refusal
}

// evaluate asks the permits and then the forbids of an act for one office. It returns the deciding sentence; forbidden
// says that a permit fitted but a forbid stands against it. A policy that errs makes the answer no, because a forbid
// that errs would otherwise be skipped.
func (p *Policy) evaluate(act string, store entities, req cedar.Request) (by sentence, forbidden, ok bool) {
	yes, permits := cedar.Authorize(p.permits[act], store, req)
	if yes != cedar.Allow || len(permits.Errors) > 0 {
		return sentence{}, false, false
	}
	_, forbids := cedar.Authorize(p.forbids[act], store, req)
	switch {
	case len(forbids.Reasons) > 0:
		return p.byID[string(forbids.Reasons[0].PolicyID)], true, false
	case len(forbids.Errors) > 0:
		return p.byID[string(forbids.Errors[0].PolicyID)], true, false
	}
	return p.byID[string(permits.Reasons[0].PolicyID)], false, true
}

func need(who []string) string {
	return "。可以办理的职务：" + strings.Join(who, "、") + "。"
}

// Anchors returns the units below which the actor may do the act, each unit with its whole subtree. A list shows the
// rows whose unit has one of the anchors among its ancestors; anchors may overlap, so filter by EXISTS or IN, not by a
// plain join. Limits that hang on a single row (who drafted it, whom it concerns) are left to May.
func (p *Policy) Anchors(actor Actor, act string) []int64 {
	if actor.Person == 0 || len(p.permits[act]) == 0 {
		return nil
	}
	var anchors []int64
	add := func(unit int64) {
		if !slices.Contains(anchors, unit) {
			anchors = append(anchors, unit)
		}
	}
	for _, office := range actor.Offices {
		one := Actor{Person: actor.Person, Offices: []Office{office}}
		area := office.area()
		wide := p.May(one, act, Target{Unit: area, Path: []int64{area}}).Allowed
		if wide {
			add(area)
		}
		if covered := wide && slices.Contains(office.Path, area); !covered && area != office.Unit {
			if p.May(one, act, Target{Unit: office.Unit, Path: office.Path}).Allowed {
				add(office.Unit)
			}
		}
	}
	return anchors
}

// entities holds the two entities of one request.
type entities struct {
	principal, resource cedar.Entity
}

// Get implements cedar.EntityGetter.
func (e entities) Get(uid cedar.EntityUID) (cedar.Entity, bool) {
	switch uid {
	case e.principal.UID:
		return e.principal, true
	case e.resource.UID:
		return e.resource, true
	}
	return cedar.Entity{}, false
}

func principal(o Office) cedar.Entity {
	return cedar.Entity{
		UID: cedar.EntityUID{Type: "Office", ID: cedar.String(strconv.FormatInt(o.ID, 10))},
		Attributes: cedar.NewRecord(cedar.RecordMap{
			"role":  cedar.String(o.Role),
			"kind":  cedar.String(o.UnitKind),
			"line":  cedar.String(o.Line),
			"power": cedar.String(o.Power),
			"unit":  unitUID(o.Unit),
			"area":  unitUID(o.area()),
		}),
	}
}

func unitUID(id int64) cedar.EntityUID {
	return cedar.EntityUID{Type: "Unit", ID: cedar.String(strconv.FormatInt(id, 10))}
}

func unitUIDs(ids []int64) cedar.EntityUIDSet {
	uids := make([]cedar.EntityUID, len(ids))
	for i, id := range ids {
		uids[i] = unitUID(id)
	}
	return cedar.NewEntityUIDSet(uids...)
}
