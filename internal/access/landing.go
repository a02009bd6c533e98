package access

// Face is one of the faces of the pages.
type Face string

// The faces a log-in can land on; the public board needs no log-in.
const (
	FaceDesk Face = "desk"
	FaceMine Face = "mine"
)

// Landing says where a log-in lands: which face, and which page of it by name. Addresses are the business of web.
type Landing struct {
	Face Face
	Page string // todo, accounts, viewlog, me
}

// LandingOf picks the landing page. Who holds an office lands on his to-dos, unless all his offices are for the
// accounts or for reading; who holds none lands on his own page.
func LandingOf(actor Actor) Landing {
	page := ""
	for _, o := range actor.Offices {
		switch o.Role {
		case "system-admin":
			if page == "" {
				page = "accounts"
			}
		case "auditor":
			if page == "" {
				page = "viewlog"
			}
		default:
			return Landing{FaceDesk, "todo"}
		}
	}
	if page == "" {
		return Landing{FaceMine, "me"}
	}
	return Landing{FaceDesk, page}
}
