package people

import (
	"context"

	"cunju/internal/people/keyring"
)

// Contact is how someone who is not registered can be reached, sealed under a key of its own. Frozen.
type Contact struct {
	Key   int64  `json:"key" title:"密钥编号" as:"inner"`
	Name  Sealed `json:"name" title:"姓名" as:"sealed"`
	Phone Sealed `json:"phone" title:"电话" as:"sealed"`
}

// Contact seals a caller's name and telephone number; nil when both are empty.
func (v Vault) Contact(ctx context.Context, name, phone string) (*Contact, error) {
	if name == "" && phone == "" {
		return nil, nil
	}
	keys, err := v.Ring.New(ctx, v.Town, 1)
	if err != nil {
		return nil, err
	}
	c := &Contact{Key: int64(keys[0])}
	if c.Name, err = v.seal(ctx, keys[0], keyring.Name, "", name); err != nil {
		return nil, err
	}
	c.Phone, err = v.seal(ctx, keys[0], keyring.Landline, "", phone)
	return c, err
}

// Reach opens a contact as a face may see it. Whoever calls it has noted the look.
func (v Vault) Reach(ctx context.Context, face keyring.Face, c *Contact) (name, phone string, err error) {
	if c == nil {
		return "", "", nil
	}
	if c.Name.Text != "" {
		if name, err = v.Show(ctx, face, keyring.Name, c.Key, c.Name.Text); err != nil {
			return "", "", err
		}
	}
	if c.Phone.Text != "" {
		phone, err = v.Show(ctx, face, keyring.Landline, c.Key, c.Phone.Text)
	}
	return name, phone, err
}
