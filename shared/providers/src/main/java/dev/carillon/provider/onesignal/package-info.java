/** OneSignal. */
package dev.carillon.provider.onesignal;
