package people

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/people/keyring"
)

// Details are a person's particulars in plain text, as a form or a sheet gives them. They never leave the request.
type Details struct {
	Name       string
	Sex        string
	Birth      calendar.Date
	Ethnicity  string
	Education  string
	Degree     string
	Registered string
	IDNumber   string
	Phone      string
	Address    string
}

// Vault seals and opens personal fields of one town.
type Vault struct {
	Ring *keyring.Ring
	Town string
}

// Enrolments seals many persons' details, each under a new key. Keys are stored before anything else is: a key without a
// person is harmless, a person without a key would be unreadable.
func (v Vault) Enrolments(ctx context.Context, list []Details) ([]Enrol, error) {
	handles, err := v.Ring.New(ctx, v.Town, len(list))
	if err != nil {
		return nil, err
	}
	out := make([]Enrol, len(list))
	for i, d := range list {
		h := handles[i]
		e := Enrol{Key: int64(h), Name: d.Name, Sex: d.Sex, Birth: d.Birth, Ethnicity: d.Ethnicity, Education: d.Education,
			Degree: d.Degree, Registered: d.Registered}
		if e.ID, err = v.seal(ctx, h, keyring.IDNumber, keyring.IDTail, d.IDNumber); err != nil {
			return nil, err
		}
		if e.Phone, err = v.seal(ctx, h, keyring.Phone, keyring.PhoneTail, d.Phone); err != nil {
			return nil, err
		}
		if e.Address, err = v.seal(ctx, h, keyring.Address, "", d.Address); err != nil {
			return nil, err
		}
		out[i] = e
	}
	return out, nil
}

// Address seals a household's address under the head's key.
func (v Vault) Address(ctx context.Context, key int64, plain string) (Sealed, error) {
	return v.seal(ctx, keyring.Handle(key), keyring.Address, "", plain)
}

// Phone seals a telephone number under a person's key, for a change.
func (v Vault) Phone(ctx context.Context, key int64, plain string) (Sealed, error) {
	return v.seal(ctx, keyring.Handle(key), keyring.Phone, keyring.PhoneTail, plain)
}

// ID seals an ID number under a person's key, for a change.
func (v Vault) ID(ctx context.Context, key int64, plain string) (Sealed, error) {
	return v.seal(ctx, keyring.Handle(key), keyring.IDNumber, keyring.IDTail, plain)
}

// BlindID returns the blind index of an ID number, for look-up.
func (v Vault) BlindID(number string) string {
	return v.Ring.Blind(v.Town, keyring.IDNumber, number)
}

// Show opens a sealed field as a face may see it.
func (v Vault) Show(ctx context.Context, face keyring.Face, field keyring.Field, key int64, sealed string) (string, error) {
	plain, err := v.Ring.Open(ctx, v.Town, keyring.Handle(key), field, sealed)
	if err != nil {
		return "", err
	}
	return keyring.Show(face, field, plain), nil
}

func (v Vault) seal(ctx context.Context, h keyring.Handle, field, tail keyring.Field, plain string) (Sealed, error) {
	if plain == "" {
		return Sealed{}, nil
	}
	text, err := v.Ring.Seal(ctx, v.Town, h, field, plain)
	if err != nil {
		return Sealed{}, err
	}
	s := Sealed{Text: text}
	if tail != "" {
		s.Blind = v.Ring.Blind(v.Town, field, plain)
		if norm := keyring.Normal(field, plain); len(norm) >= 4 {
			s.Tail = v.Ring.Blind(v.Town, tail, norm[len(norm)-4:])
		}
	}
	return s, nil
}
