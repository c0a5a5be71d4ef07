package dev.carillon.local.ses;

import dev.carillon.local.iam.AccessRequest.Need;
import dev.carillon.local.template.AccountRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What sending needs of its caller's policies: the action on the identity that the mail comes from,
 * here always the domain, and on the configuration set that it names.
 */
final class SesActions {
  private static final String SEND = "ses:SendEmail";

  private SesActions() {}

  static List<Need> of(String sender, Optional<String> configurationSet) {
    var needs = new ArrayList<Need>();
    var domain = SesAddresses.domain(SesAddresses.bare(sender));
    needs.add(Need.of(SEND, AccountRegion.LOCAL.arn("ses", "identity/" + domain)));
    configurationSet.ifPresent(
        name ->
            needs.add(Need.of(SEND, AccountRegion.LOCAL.arn("ses", "configuration-set/" + name))));
    return needs;
  }
}
