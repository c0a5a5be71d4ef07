/** Expo's push service. */
package dev.carillon.provider.expo;
