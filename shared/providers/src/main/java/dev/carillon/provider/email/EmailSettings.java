package dev.carillon.provider.email;

import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;

/**
 * Settings that several providers of email have. The sender is part of the content, not of these.
 */
public final class EmailSettings {
  public static final ProviderSetting API_KEY = ProviderSetting.credential("api_key", "API key");
  public static final ProviderSetting OPEN_TRACKING =
      ProviderSetting.flag("open_tracking", "Open tracking");
  public static final ProviderSetting LINK_TRACKING =
      ProviderSetting.flag("link_tracking", "Link tracking");

  /**
   * What reports of a provider prove themselves with: the key they are signed with, or the password
   * in the URL that they are sent to. Without it no report is believed.
   */
  public static final ProviderSetting WEBHOOK_SECRET =
      ProviderSetting.optionalCredential("webhook_secret", "Webhook secret");

  private EmailSettings() {}

  public static String key(ProviderSettings settings) {
    return settings.required(API_KEY.name());
  }

  public static boolean opens(ProviderSettings settings) {
    return settings.flag(OPEN_TRACKING.name());
  }

  public static boolean links(ProviderSettings settings) {
    return settings.flag(LINK_TRACKING.name());
  }
}
