package dev.carillon.functions.api.preferences;

import dev.carillon.edge.route.Operations;
import dev.carillon.runtime.Ports;

/** What is answered about the preferences of users and objects. */
public final class PreferenceRoutes {
  public static final Operations<Ports> ALL =
      Operations.all(
          Operations.of(
              PreferenceCalls.OPERATIONS, ports -> new PreferenceCalls(KeepPreferences.on(ports))),
          Operations.of(
              PreferencePartCalls.OPERATIONS,
              ports -> new PreferencePartCalls(KeepPreferences.on(ports))));

  private PreferenceRoutes() {}
}
