/** Firebase Cloud Messaging. */
package dev.carillon.provider.fcm;
