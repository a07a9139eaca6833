package helpdesk

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
)

const desk, keyID = "DESK_ID", "KEY_ID"
const attributes = "client_email client_external_id client_name client_plan client_url user_email user_external_id user_name user_phone"

// SignIdentity signs what the page says about its user, until expires (now plus 24 hours, in Unix seconds).
func SignIdentity(identity map[string]string, expires int64) (string, error) {
	text := fmt.Sprintf("helpdesk-identity-v2\ndesk=%s\nexpires=%d", desk, expires)
	secret, ok := os.LookupEnv("HELPDESK_SECRET")
	for _, name := range strings.Fields(attributes) {
		ok = ok && !strings.ContainsAny(identity[name], "\x00\r\n")
		if identity[name] != "" {
			text += "\n" + name + "=" + identity[name]
		}
	}
	if !ok || secret == "" {
		return "", fmt.Errorf("HELPDESK_SECRET is not set, or a value has a line break in it")
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return fmt.Sprintf("v2.%s.%d.%x", keyID, expires, mac.Sum(nil)), nil
}
