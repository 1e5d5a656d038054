import { topics } from './topic.ts';

/** In Spanish. */
export const SPANISH = topics({ pace: 'usual', language: 'es' }, [
  {
    subjects: ['Factura de {month} sin NIF', 'Factura {invoice}'],
    text: 'en la factura {invoice} falta nuestro NIF. La gestoría no la acepta. ¿Podrían enviarla de nuevo, por favor?',
    answer: 'ya está: la factura {invoice} lleva su NIF y la tiene en Ajustes, Facturas. Las siguientes saldrán así.',
    ask: ['con mucho gusto. ¿Me indica el NIF y la razón social?', 'es B-{digits}{digits}, {business} S.L.'],
  },
  {
    subjects: ['Cobro duplicado', 'Reembolso de un pago doble'],
    text: 'nos han cobrado {amount} dos veces el mismo día. Solicito el reembolso de uno de los dos pagos.',
    answer:
      'tiene razón, el banco repitió el cobro. Le hemos devuelto {amount}; lo verá en su cuenta en tres a cinco días.',
    pace: 'soon',
    again: [
      'en el banco me dicen que no ha llegado nada.',
      'he hablado con el banco: el abono sale hoy. Le adjunto el justificante.',
    ],
  },
  {
    subjects: ['La aplicación no funciona', 'El calendario no funciona en el móvil'],
    text: 'desde la última actualización el calendario no funciona en mi {phone}: se queda cargando y no pasa nada.',
    answer: 'hay una versión nueva desde esta mañana que lo resuelve. Actualice, por favor, y dígame si sigue igual.',
  },
  {
    subjects: ['¿Cómo puedo cambiar el horario?', 'Horario de verano'],
    text: '¿cómo puedo cambiar el horario solo para {month}? En verano cerramos por la tarde.',
    answer:
      'en Ajustes, Horario, pulse "Otro horario desde…" y elija las fechas. Después vuelve al de siempre por sí solo.',
    pace: 'slow',
  },
  {
    subjects: ['No puedo iniciar sesión', 'Contraseña'],
    text: 'no puedo iniciar sesión desde ayer. He pedido una contraseña nueva y el correo no llega. Es urgente, tengo clientes esperando.',
    answer:
      'el correo iba a la dirección antigua de {staff}. La he cambiado por esta y ya tiene el enlace en su buzón.',
    pace: 'soon',
  },
  {
    subjects: ['¿Se puede cobrar una señal?', 'Pregunta sobre señales'],
    text: '¿se puede pedir una señal solo a los clientes nuevos? Los de siempre se enfadarían.',
    answer: 'sí: Ajustes, Señales, "Solo en la primera visita".',
    pace: 'slow',
  },
]);
