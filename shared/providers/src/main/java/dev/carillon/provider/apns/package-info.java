/** Apple's push service. */
package dev.carillon.provider.apns;
