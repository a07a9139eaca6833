import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.*;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class HelpdeskIdentity {
    private static final String DESK = "DESK_ID", KEY_ID = "KEY_ID";
    private static final List<String> ATTRIBUTES = List.of(
        "client_email", "client_external_id", "client_name", "client_plan", "client_url",
        "user_email", "user_external_id", "user_name", "user_phone");

    /** Signs what the page says about its user, until expires (now plus 24 hours, in Unix seconds). */
    public static String sign(Map<String, ?> identity, long expires) throws GeneralSecurityException {
        var text = new StringBuilder("helpdesk-identity-v2\ndesk=" + DESK + "\nexpires=" + expires);
        for (String name : ATTRIBUTES) {
            String value = Objects.toString(identity.get(name), "");
            if (value.matches("(?s).*[\\x00\\r\\n].*"))
                throw new IllegalArgumentException(name + " has a line break in it");
            if (!value.isEmpty()) text.append('\n').append(name).append('=').append(value);
        }
        byte[] secret = System.getenv("HELPDESK_SECRET").getBytes(StandardCharsets.UTF_8);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        byte[] digest = mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8));
        return "v2." + KEY_ID + "." + expires + "." + HexFormat.of().formatHex(digest);
    }
}
