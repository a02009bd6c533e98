// Command cunju is the one program of a street office and its villages: server, importer, checker, back-up.
//
// This package is the only wiring. house.go opens the databases and puts journal, powers, accounts, pages and clocks together
// in two functions that are read from top to bottom; every other file is one command. Nothing registers itself and there are
// no global variables, so what the program is made of is what house.go says.
//
// On disk, below --data:
//
//	cunju.db           the main database, unless --db names another
//	keys.db            the wrapped keys of persons' data (package keyring)
//	keys/master.key    the key that unwraps them; keys/log-<town>.key signs the log
//	files/             attachments by content
//	serve.lock         held by the one server of the folder; not empty means that it did not stop in order
//
// What may never change: that a folder made by one version is opened by the next, that no command changes data without
// saying so, and that exit code 0 means that everything asked for was done.
package main
