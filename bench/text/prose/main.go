// Nouns of a text by prose, with their counts, as JSON.
package main

import (
	"encoding/json"
	"io"
	"os"
	"strings"

	"github.com/jdkato/prose/v2"
)

func main() {
	text, _ := io.ReadAll(os.Stdin)
	document, err := prose.NewDocument(string(text), prose.WithExtraction(false))
	if err != nil {
		panic(err)
	}
	nouns := map[string]int{}
	for _, token := range document.Tokens() {
		if strings.HasPrefix(token.Tag, "NN") {
			nouns[token.Text]++
		}
	}
	json.NewEncoder(os.Stdout).Encode(nouns)
}
