package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	out := flag.String("out", ".", "folder to write the demonstration files to")
	flag.Parse()
	if err := generate(*out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// generate writes every file of the demonstration town below dir.
func generate(dir string) error {
	w, err := buildWorld()
	if err != nil {
		return fmt.Errorf("build the town: %w", err)
	}
	for _, step := range []func(string, *world) error{
		writeUnits, writeInstitutions, writeOffices, writeRoster, writeArrivals, writeMovements,
		writeHouseholds, writeFinance, writeCollective, writeYunxiao, writeDamaged, writeVillageRoster,
		writeFacts, writeEvents,
	} {
		if err := step(dir, w); err != nil {
			return err
		}
	}
	return nil
}
