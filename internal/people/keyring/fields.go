package keyring

// Field is a kind of personal data. Its code is part of the AAD of every stored value and never changes.
type Field string

// The personal fields, after the headings of the offices' rosters.
const (
	Name        Field = "name"
	IDNumber    Field = "id-number" // 公民身份号码
	IDTail      Field = "id-tail"   // its last four characters; only for blind indexes
	Phone       Field = "phone"     // mobile
	PhoneTail   Field = "phone-tail"
	Landline    Field = "landline"
	BankCard    Field = "bank-card"
	Address     Field = "address"
	Birth       Field = "birth" // YYYY-MM-DD
	Sex         Field = "sex"
	Ethnicity   Field = "ethnicity" // 民族
	Education   Field = "education"
	NativePlace Field = "native-place" // 籍贯
	Work        Field = "work"         // 工作岗位、工作单位
	Hardship    Field = "hardship"     // 困难情况, health: sensitive
)

// Face is where a value is going to be seen.
type Face string

// The faces. FacePrint is paper for the office; what hangs on the notice board, on screen or paper, is FaceBoard.
const (
	FaceDesk       Face = "desk"        // the office's pages and lists
	FaceDeskReveal Face = "desk-reveal" // after people.reveal, logged with a reason
	FaceMine       Face = "mine"        // the person's own page
	FaceBoard      Face = "board"       // anybody
	FacePrint      Face = "print"
	FaceExport     Face = "export"      // spreadsheet with masked numbers
	FaceExportFull Face = "export-full" // after people.reveal, logged per person with a reason
	FaceLog        Face = "log"         // logs, metrics, error reports
)

// faces is the order of the columns of policy.
var faces = [...]Face{FaceDesk, FaceDeskReveal, FaceMine, FaceBoard, FacePrint, FaceExport, FaceExportFull, FaceLog}

// show is what a face may show of a field.
type show uint8

const (
	hide show = iota
	mask
	full
)

// policy decides for each field and face. Faces for the public hide what the notice does not need and mask numbers
// (个人信息保护法 第六条, 第二十五条, 第二十八条); logs never hold personal data.
var policy = map[Field][len(faces)]show{
	//            desk  reveal mine  board print export full  log
	Name:        {full, full, full, mask, full, full, full, hide},
	IDNumber:    {mask, full, mask, mask, mask, mask, full, hide},
	IDTail:      {hide, hide, hide, hide, hide, hide, hide, hide},
	Phone:       {mask, full, full, hide, mask, mask, full, hide},
	PhoneTail:   {hide, hide, hide, hide, hide, hide, hide, hide},
	Landline:    {mask, full, full, hide, mask, mask, full, hide},
	BankCard:    {mask, full, mask, hide, mask, mask, full, hide},
	Address:     {mask, full, full, hide, mask, mask, full, hide},
	Birth:       {full, full, full, hide, full, full, full, hide},
	Sex:         {full, full, full, full, full, full, full, hide},
	Ethnicity:   {full, full, full, hide, full, full, full, hide},
	Education:   {full, full, full, hide, full, full, full, hide},
	NativePlace: {full, full, full, hide, full, full, full, hide},
	Work:        {full, full, full, hide, full, full, full, hide},
	Hardship:    {hide, full, full, hide, hide, hide, full, hide},
}

// masks are the masks of the fields that some face masks.
var masks = map[Field]func(string) string{
	Name: MaskName, IDNumber: MaskID, Phone: MaskPhone, Landline: MaskPhone, BankCard: MaskBankCard, Address: MaskAddress,
}

// Show returns what a face shows of a plain value: all of it, a mask, or the empty text. An unknown field or face shows
// nothing.
func Show(face Face, field Field, plain string) string {
	row, ok := policy[field]
	if !ok {
		return ""
	}
	for i, f := range faces {
		if f == face {
			switch row[i] {
			case full:
				return plain
			case mask:
				return masks[field](plain)
			}
		}
	}
	return ""
}
