require 'openssl'

HELPDESK_DESK = 'DESK_ID'
HELPDESK_KEY_ID = 'KEY_ID'
HELPDESK_ATTRIBUTES = %w[
  client_email client_external_id client_name client_plan client_url
  user_email user_external_id user_name user_phone
].freeze

# Signs what the page says about its user. For your server only; good for 24 hours.
def sign_identity(identity, expires: Time.now.to_i + 86_400)
  lines = ['helpdesk-identity-v2', "desk=#{HELPDESK_DESK}", "expires=#{expires}"]
  HELPDESK_ATTRIBUTES.each do |name|
    value = (identity[name] || identity[name.to_sym]).to_s
    raise ArgumentError, "#{name} has a line break in it" if value.match?(/[\0\r\n]/)

    lines << "#{name}=#{value}" unless value.empty?
  end
  hex = OpenSSL::HMAC.hexdigest('SHA256', ENV.fetch('HELPDESK_SECRET'), lines.join("\n"))
  "v2.#{HELPDESK_KEY_ID}.#{expires}.#{hex}"
end
