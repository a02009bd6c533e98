package demo

// Events are the disclosure acts of eighteen months, in the order of drafting.
type Events struct {
	Notice  string   `yaml:"notice"` // that all persons are invented
	Notices []Notice `yaml:"notices"`
}

// Notice is one disclosed matter with the steps it went through. A step that did
// not happen up to the demonstration's present day is absent.
type Notice struct {
	Unit     string   `yaml:"unit"`            // village, community or collective
	Category string   `yaml:"category"`        // 财务公开, 村务公开, 居务公开, 党务公开, 集体财务公开
	Place    string   `yaml:"place,omitempty"` // whose board it hangs on, where Unit is no village or community
	Title    string   `yaml:"title"`
	Item     string   `yaml:"item,omitempty"` // of the catalogue: a code, or the name of what the street added; common where empty
	File     string   `yaml:"file,omitempty"` // finance table below demo/, else Body
	Rhythm   string   `yaml:"rhythm"`         // 每月, 每季度, 及时
	From     string   `yaml:"from,omitempty"` // period of a table
	To       string   `yaml:"to,omitempty"`
	Body     []string `yaml:"body,omitempty"` // paragraphs
	Late     string   `yaml:"late,omitempty"` // why it was published too late

	Drafted   *Step `yaml:"drafted"`
	Checked   *Step `yaml:"checked,omitempty"`  // by the supervision committee
	Approved  *Step `yaml:"approved,omitempty"` // by the Party secretary
	Published *Step `yaml:"published,omitempty"`
	TakenDown *Step `yaml:"taken_down,omitempty"`
}

// Step is who did something on which day, by which office (as in offices.xlsx).
type Step struct {
	On     string `yaml:"date"`
	Name   string `yaml:"name"`
	ID     string `yaml:"id_number"`
	Unit   string `yaml:"unit"`
	Office string `yaml:"office"`
}
