package demo

// Facts says what the demonstration holds, what there is to see, and who may log
// in. Dates are YYYY-MM-DD.
type Facts struct {
	Notice   string    `yaml:"notice"` // that all persons are invented
	Town     Town      `yaml:"town"`
	Places   []Place   `yaml:"places"`
	Logins   []Login   `yaml:"logins"`
	Arrivals Arrivals  `yaml:"arrivals"`
	Market   Market    `yaml:"market"`
	Clearing Clearing  `yaml:"clearing"`
	Damaged  []Damaged `yaml:"damaged"`
	Journeys []Journey `yaml:"journeys"`
}

// Town is the street as a whole.
type Town struct {
	Name       string `yaml:"name"`
	District   string `yaml:"district"`
	Code       string `yaml:"code"`    // nine digits
	Opening    string `yaml:"opening"` // the registers are as of this day
	Today      string `yaml:"today"`   // the demonstration's present day
	PartyUnit  string `yaml:"party_unit"`
	PartyUnits int    `yaml:"party_units"`
	Opened     int    `yaml:"members_opening"`
	Members    int    `yaml:"members"` // on Today
	Movements  int    `yaml:"movements"`
	Households int    `yaml:"households"`
	Persons    int    `yaml:"persons"` // in households
}

// Place is a village or community.
type Place struct {
	Name       string `yaml:"name"`
	Kind       string `yaml:"kind"` // 村, 社区
	Code       string `yaml:"code"` // twelve digits, the last three invented
	PartyUnit  string `yaml:"party_unit"`
	Branches   int    `yaml:"branches"`
	Opened     int    `yaml:"members_opening"`
	Members    int    `yaml:"members"` // on Town.Today
	Probation  int    `yaml:"probationary"`
	Floating   int    `yaml:"floating"`
	Households int    `yaml:"households"`
	Persons    int    `yaml:"persons"`
}

// Login is one account of the demonstration. The password is public on purpose.
type Login struct {
	Login    string `yaml:"login"`
	Password string `yaml:"password"`
	Name     string `yaml:"name"`
	ID       string `yaml:"id_number"`
	Unit     string `yaml:"unit"`   // where the office is held, as in offices.xlsx; the branch for an ordinary member
	Office   string `yaml:"office"` // column 职务; empty for an ordinary member
	Title    string `yaml:"title"`  // as shown to people: 文峰村党总支书记
	Shows    string `yaml:"shows"`  // what to look at with this account
}

// Arrivals are the members who came from large enterprises on one day.
type Arrivals struct {
	On    string         `yaml:"date"`
	Into  string         `yaml:"into"`
	Count int            `yaml:"count"`
	From  []ArrivalsFrom `yaml:"from"`
}

// ArrivalsFrom is one enterprise's share of the arrivals.
type ArrivalsFrom struct {
	Name  string `yaml:"name"`
	Count int    `yaml:"count"`
}

// Market is the village whose committee members run a market besides.
type Market struct {
	Village string   `yaml:"village"`
	Unit    string   `yaml:"unit"`
	Duty    string   `yaml:"duty"`    // column 兼管事项
	Members []string `yaml:"members"` // of the two committees on Town.Today
	Running []string `yaml:"running"` // those of them who run the market
}

// Clearing is the clearing of hamlets: a mu is 2000/3 square metres.
type Clearing struct {
	Village    string   `yaml:"village"`
	Mu         string   `yaml:"mu"` // decimal
	Households int      `yaml:"households"`
	RehousedIn string   `yaml:"rehoused_in"`
	Announced  string   `yaml:"announced"` // pre-notice of the taking
	Approved   string   `yaml:"approved"`
	Rehoused   string   `yaml:"rehoused"`
	Hamlets    []Hamlet `yaml:"hamlets"`
}

// Hamlet is one cleared hamlet; it is one villagers' group.
type Hamlet struct {
	Name       string `yaml:"name"`
	Group      string `yaml:"group"`
	Households int    `yaml:"households"`
	First      string `yaml:"first"` // household numbers, from … to
	Last       string `yaml:"last"`
	Mu         string `yaml:"mu"`
}

// Damaged is one damaged cell of damaged-roster.xlsx.
type Damaged struct {
	Cell     string `yaml:"cell"`
	Heading  string `yaml:"heading"`
	Given    string `yaml:"given"`
	Problem  string `yaml:"problem"`
	Repaired string `yaml:"repaired"` // what repaired-roster.xlsx has there
}

// Journey is a walk through the demonstration.
type Journey struct {
	Title string   `yaml:"title"`
	Login string   `yaml:"login"`
	Files []string `yaml:"files,omitempty"`
	Steps []string `yaml:"steps"`
}
