package browser

import (
	"os"
	"os/exec"
)

// names are what Chromium is called, the free one first.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// Find answers the path of the browser, or "" where there is none.
func Find() string {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// Required tells whether the environment variable CUNJU_REQUIRE_BROWSER forbids to go without a browser.
func Required() bool { return os.Getenv("CUNJU_REQUIRE_BROWSER") == "1" }
