/** What providers of email have in common: addresses, headers, settings, the parts of a mail. */
package dev.carillon.provider.email;
