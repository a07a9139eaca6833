<?php

const HELPDESK_DESK = 'DESK_ID';
const HELPDESK_KEY_ID = 'KEY_ID';
const HELPDESK_ATTRIBUTES = [
    'client_email', 'client_external_id', 'client_name', 'client_plan', 'client_url',
    'user_email', 'user_external_id', 'user_name', 'user_phone',
];

/** Signs what the page says about its user. For your server only; good for 24 hours. */
function sign_identity(array $identity, ?int $expires = null): string
{
    $secret = getenv('HELPDESK_SECRET') ?: throw new RuntimeException('HELPDESK_SECRET is not set');
    $expires ??= time() + 86400;
    $lines = ['helpdesk-identity-v2', 'desk=' . HELPDESK_DESK, "expires=$expires"];
    foreach (HELPDESK_ATTRIBUTES as $name) {
        $value = (string) ($identity[$name] ?? '');
        if (preg_match('/[\0\r\n]/', $value)) {
            throw new InvalidArgumentException("$name has a line break in it");
        }
        if ($value !== '') {
            $lines[] = "$name=$value";
        }
    }
    $hex = hash_hmac('sha256', implode("\n", $lines), $secret);
    return 'v2.' . HELPDESK_KEY_ID . ".$expires.$hex";
}
