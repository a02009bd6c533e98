package backup

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"
)

// Secrets are what opens personal data and signs in the log's name. They leave the data folder only under a passphrase.
type Secrets struct {
	Master string            `json:"master"` // text of the file master.key
	Logs   map[string]string `json:"logs"`   // by town, text of its log key file
}

// ErrPassphrase says that the passphrase does not open the archive's keys.
var ErrPassphrase = errors.New("口令不对，密钥没有取出，什么也没有恢复")

const secretsPart = "keys.age"

// secretsMost bounds what is read of the keys: a few hundred bytes a town.
const secretsMost = 1 << 20

func (s *Secrets) seal(w io.Writer, passphrase string) error {
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return err
	}
	sealed, err := age.Encrypt(w, to)
	if err != nil {
		return err
	}
	if err := json.NewEncoder(sealed).Encode(s); err != nil {
		return err
	}
	return sealed.Close()
}

func openSecrets(r io.Reader, passphrase string) (*Secrets, error) {
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, err
	}
	plain, err := age.Decrypt(r, id)
	var wrong *age.NoIdentityMatchError
	if errors.As(err, &wrong) {
		return nil, ErrPassphrase
	}
	if err != nil {
		return nil, fmt.Errorf("open the archive's keys: %w", err)
	}
	var s Secrets
	if err := json.NewDecoder(io.LimitReader(plain, secretsMost)).Decode(&s); err != nil {
		return nil, fmt.Errorf("open the archive's keys: %w", err)
	}
	return &s, nil
}
