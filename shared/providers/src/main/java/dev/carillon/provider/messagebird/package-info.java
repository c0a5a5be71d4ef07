/** MessageBird, now Bird: text messages over its classic interface. */
package dev.carillon.provider.messagebird;
