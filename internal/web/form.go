package web

import (
	"errors"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"

	"cunju/internal/web/ui"
)

// Form reads and checks a submitted form. Each field method returns the value or
// its zero and keeps the error, so one pass finds everything that is wrong. The
// values as typed stay available for showing the form again.
type Form struct {
	values url.Values
	files  map[string][]*multipart.FileHeader
	errs   []ui.FieldError
}

// Form reads the submitted form once. It fails when the body is too large, broken,
// or carries no key.
func (r *Request) Form() (*Form, error) {
	if r.form != nil {
		return r.form, nil
	}
	if r.Method != http.MethodPost {
		return nil, BadRequest("").Because(errors.New("a form is read only from a POST"))
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return nil, BadRequest("").Because(err)
	}
	f := &Form{}
	switch kind {
	case "application/x-www-form-urlencoded":
		err = r.ParseForm()
	case "multipart/form-data":
		err = r.readUpload()
	default:
		err = BadRequest("").Because(errors.New("not a form"))
	}
	if err != nil {
		return nil, formError(err)
	}
	f.values = r.PostForm
	if r.MultipartForm != nil {
		f.files = r.MultipartForm.File
	}
	key := f.values.Get(keyField)
	if !validKey(key) {
		return nil, BadRequest("这个表单缺少提交编号，系统无法防止重复办理。").
			Because(errors.New("no idempotency key"))
	}
	r.key, r.form = key, f
	return f, nil
}

// readUpload reads a form with files into memory, all of it: the route's limit is
// also the limit of what is kept, so that nothing of a file goes to a temporary one.
func (r *Request) readUpload() error {
	n := r.most
	if 0 <= r.ContentLength && r.ContentLength < n {
		n = r.ContentLength
	}
	room := r.server.guests
	if r.LoggedIn() {
		room = r.server.room
	}
	if !room.take(r.Context(), n, r.server.set.SlotWait) {
		e := Unavailable("现在有别人在上传大文件，这个文件没有收下。")
		e.Kept, e.Do = "什么也没有登记。", "请过一会儿再上传。"
		return e
	}
	r.held, r.room = n, room
	return r.ParseMultipartForm(r.most)
}

// leaveRoom gives back what an uploaded form took, once its request is answered.
func (r *Request) leaveRoom() {
	if r.held > 0 {
		r.room.give(r.held)
	}
}

// formError tells a body that is too large from one that is broken.
func formError(err error) error {
	var own *Error
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &big):
		return TooLarge("").Because(err)
	case errors.Is(err, multipart.ErrMessageTooLarge):
		return TooLarge("这个表单的栏目太多。").Because(err)
	}
	return BadRequest("").Because(err)
}

// NewForm is an unsubmitted form with these starting values, so that one page
// component serves both the first showing and a showing with errors. The values
// come in pairs: field, value.
func NewForm(pairs ...string) *Form {
	f := &Form{values: url.Values{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.values.Add(pairs[i], pairs[i+1])
	}
	return f
}

// OK is true while nothing failed.
func (f *Form) OK() bool { return len(f.errs) == 0 }

// Value is what was typed into a field.
func (f *Form) Value(name string) string { return f.values.Get(name) }

// Values are all values of a field, such as ticked boxes.
func (f *Form) Values(name string) []string { return f.values[name] }

// Field is the field as a component shows it: with its value as typed and its
// error. The caller adds help, width and so on.
func (f *Form) Field(name, label string, need Need) ui.Field {
	return ui.Field{
		Name: name, Label: label, Value: f.Value(name), Error: f.Err(name), Required: bool(need),
	}
}

// Err is the field's error sentence, or "".
func (f *Form) Err(name string) string {
	for _, e := range f.errs {
		if e.Name == name {
			return e.Text
		}
	}
	return ""
}

// Errors are all errors in the order they were found, for the summary above the
// form.
func (f *Form) Errors() []ui.FieldError { return f.errs }

// Fail records an error of a field, such as one found by a rule. The first error
// of a field stays.
func (f *Form) Fail(name, label, sentence string) {
	if f.Err(name) == "" {
		f.errs = append(f.errs, ui.FieldError{Name: name, Label: label, Text: sentence})
	}
}

// FailForm records an error that belongs to no single field.
func (f *Form) FailForm(sentence string) {
	f.errs = append(f.errs, ui.FieldError{Text: sentence})
}

// Pardon forgets the errors found so far: the form is only shown in another shape.
func (f *Form) Pardon() { f.errs = nil }

// Set changes what stands in a field before the form is shown again.
func (f *Form) Set(name, value string) { f.values.Set(name, value) }

// Forget empties fields that must not be shown again, such as passwords.
func (f *Form) Forget(names ...string) {
	for _, name := range names {
		f.values.Del(name)
	}
}
