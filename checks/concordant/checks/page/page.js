"use strict";(()=>{var Lt=Object.defineProperty;var jt=Object.getOwnPropertyDescriptor;var $=(i,t,e,s)=>{for(var r=s>1?void 0:s?jt(t,e):t,n=i.length-1,o;n>=0;n--)(o=i[n])&&(r=(s?o(t,e,r):o(r))||r);return s&&r&&Lt(t,e,r),r};/**
 * @license
 * Copyright 2019 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var J=globalThis,V=J.ShadowRoot&&(J.ShadyCSS===void 0||J.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,et=Symbol(),ft=new WeakMap,B=class{constructor(t,e,s){if(this._$cssResult$=!0,s!==et)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=t,this.t=e}get styleSheet(){let t=this.o,e=this.t;if(V&&t===void 0){let s=e!==void 0&&e.length===1;s&&(t=ft.get(e)),t===void 0&&((this.o=t=new CSSStyleSheet).replaceSync(this.cssText),s&&ft.set(e,t))}return t}toString(){return this.cssText}},gt=i=>new B(typeof i=="string"?i:i+"",void 0,et),A=(i,...t)=>{let e=i.length===1?i[0]:t.reduce((s,r,n)=>s+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(r)+i[n+1],i[0]);return new B(e,i,et)},vt=(i,t)=>{if(V)i.adoptedStyleSheets=t.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let e of t){let s=document.createElement("style"),r=J.litNonce;r!==void 0&&s.setAttribute("nonce",r),s.textContent=e.cssText,i.appendChild(s)}},st=V?i=>i:i=>i instanceof CSSStyleSheet?(t=>{let e="";for(let s of t.cssRules)e+=s.cssText;return gt(e)})(i):i;/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var{is:zt,defineProperty:Bt,getOwnPropertyDescriptor:Dt,getOwnPropertyNames:qt,getOwnPropertySymbols:It,getPrototypeOf:Gt}=Object,X=globalThis,yt=X.trustedTypes,Wt=yt?yt.emptyScript:"",Kt=X.reactiveElementPolyfillSupport,D=(i,t)=>i,q={toAttribute(i,t){switch(t){case Boolean:i=i?Wt:null;break;case Object:case Array:i=i==null?i:JSON.stringify(i)}return i},fromAttribute(i,t){let e=i;switch(t){case Boolean:e=i!==null;break;case Number:e=i===null?null:Number(i);break;case Object:case Array:try{e=JSON.parse(i)}catch{e=null}}return e}},Y=(i,t)=>!zt(i,t),bt={attribute:!0,type:String,converter:q,reflect:!1,useDefault:!1,hasChanged:Y};Symbol.metadata??=Symbol("metadata"),X.litPropertyMetadata??=new WeakMap;var S=class extends HTMLElement{static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(t,e=bt){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(t,e),!e.noAccessor){let s=Symbol(),r=this.getPropertyDescriptor(t,s,e);r!==void 0&&Bt(this.prototype,t,r)}}static getPropertyDescriptor(t,e,s){let{get:r,set:n}=Dt(this.prototype,t)??{get(){return this[e]},set(o){this[e]=o}};return{get:r,set(o){let a=r?.call(this);n?.call(this,o),this.requestUpdate(t,a,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(t){return this.elementProperties.get(t)??bt}static _$Ei(){if(this.hasOwnProperty(D("elementProperties")))return;let t=Gt(this);t.finalize(),t.l!==void 0&&(this.l=[...t.l]),this.elementProperties=new Map(t.elementProperties)}static finalize(){if(this.hasOwnProperty(D("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(D("properties"))){let e=this.properties,s=[...qt(e),...It(e)];for(let r of s)this.createProperty(r,e[r])}let t=this[Symbol.metadata];if(t!==null){let e=litPropertyMetadata.get(t);if(e!==void 0)for(let[s,r]of e)this.elementProperties.set(s,r)}this._$Eh=new Map;for(let[e,s]of this.elementProperties){let r=this._$Eu(e,s);r!==void 0&&this._$Eh.set(r,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(t){let e=[];if(Array.isArray(t)){let s=new Set(t.flat(1/0).reverse());for(let r of s)e.unshift(st(r))}else t!==void 0&&e.push(st(t));return e}static _$Eu(t,e){let s=e.attribute;return s===!1?void 0:typeof s=="string"?s:typeof t=="string"?t.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(t=>this.enableUpdating=t),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(t=>t(this))}addController(t){(this._$EO??=new Set).add(t),this.renderRoot!==void 0&&this.isConnected&&t.hostConnected?.()}removeController(t){this._$EO?.delete(t)}_$E_(){let t=new Map,e=this.constructor.elementProperties;for(let s of e.keys())this.hasOwnProperty(s)&&(t.set(s,this[s]),delete this[s]);t.size>0&&(this._$Ep=t)}createRenderRoot(){let t=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return vt(t,this.constructor.elementStyles),t}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(t=>t.hostConnected?.())}enableUpdating(t){}disconnectedCallback(){this._$EO?.forEach(t=>t.hostDisconnected?.())}attributeChangedCallback(t,e,s){this._$AK(t,s)}_$ET(t,e){let s=this.constructor.elementProperties.get(t),r=this.constructor._$Eu(t,s);if(r!==void 0&&s.reflect===!0){let n=(s.converter?.toAttribute!==void 0?s.converter:q).toAttribute(e,s.type);this._$Em=t,n==null?this.removeAttribute(r):this.setAttribute(r,n),this._$Em=null}}_$AK(t,e){let s=this.constructor,r=s._$Eh.get(t);if(r!==void 0&&this._$Em!==r){let n=s.getPropertyOptions(r),o=typeof n.converter=="function"?{fromAttribute:n.converter}:n.converter?.fromAttribute!==void 0?n.converter:q;this._$Em=r;let a=o.fromAttribute(e,n.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(t,e,s,r=!1,n){if(t!==void 0){let o=this.constructor;if(r===!1&&(n=this[t]),s??=o.getPropertyOptions(t),!((s.hasChanged??Y)(n,e)||s.useDefault&&s.reflect&&n===this._$Ej?.get(t)&&!this.hasAttribute(o._$Eu(t,s))))return;this.C(t,e,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(t,e,{useDefault:s,reflect:r,wrapped:n},o){s&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,o??e??this[t]),n!==!0||o!==void 0)||(this._$AL.has(t)||(this.hasUpdated||s||(e=void 0),this._$AL.set(t,e)),r===!0&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let t=this.scheduleUpdate();return t!=null&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[r,n]of this._$Ep)this[r]=n;this._$Ep=void 0}let s=this.constructor.elementProperties;if(s.size>0)for(let[r,n]of s){let{wrapped:o}=n,a=this[r];o!==!0||this._$AL.has(r)||a===void 0||this.C(r,void 0,n,a)}}let t=!1,e=this._$AL;try{t=this.shouldUpdate(e),t?(this.willUpdate(e),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(e)):this._$EM()}catch(s){throw t=!1,this._$EM(),s}t&&this._$AE(e)}willUpdate(t){}_$AE(t){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(t){return!0}update(t){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(t){}firstUpdated(t){}};S.elementStyles=[],S.shadowRootOptions={mode:"open"},S[D("elementProperties")]=new Map,S[D("finalized")]=new Map,Kt?.({ReactiveElement:S}),(X.reactiveElementVersions??=[]).push("2.1.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var ht=globalThis,wt=i=>i,Z=ht.trustedTypes,xt=Z?Z.createPolicy("lit-html",{createHTML:i=>i}):void 0,Ct="$lit$",E=`lit$${Math.random().toFixed(9).slice(2)}$`,Mt="?"+E,Ft=`<${Mt}>`,R=document,G=()=>R.createComment(""),W=i=>i===null||typeof i!="object"&&typeof i!="function",ct=Array.isArray,Jt=i=>ct(i)||typeof i?.[Symbol.iterator]=="function",rt=`[ 	
\f\r]`,I=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,_t=/-->/g,At=/>/g,P=RegExp(`>|${rt}(?:([^\\s"'>=/]+)(${rt}*=${rt}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),St=/'/g,Et=/"/g,Pt=/^(?:script|style|textarea|title)$/i,dt=i=>(t,...e)=>({_$litType$:i,strings:t,values:e}),c=dt(1),v=dt(2),ue=dt(3),U=Symbol.for("lit-noChange"),d=Symbol.for("lit-nothing"),kt=new WeakMap,T=R.createTreeWalker(R,129);function Tt(i,t){if(!ct(i)||!i.hasOwnProperty("raw"))throw Error("invalid template strings array");return xt!==void 0?xt.createHTML(t):t}var Vt=(i,t)=>{let e=i.length-1,s=[],r,n=t===2?"<svg>":t===3?"<math>":"",o=I;for(let a=0;a<e;a++){let l=i[a],h,p,m=-1,f=0;for(;f<l.length&&(o.lastIndex=f,p=o.exec(l),p!==null);)f=o.lastIndex,o===I?p[1]==="!--"?o=_t:p[1]!==void 0?o=At:p[2]!==void 0?(Pt.test(p[2])&&(r=RegExp("</"+p[2],"g")),o=P):p[3]!==void 0&&(o=P):o===P?p[0]===">"?(o=r??I,m=-1):p[1]===void 0?m=-2:(m=o.lastIndex-p[2].length,h=p[1],o=p[3]===void 0?P:p[3]==='"'?Et:St):o===Et||o===St?o=P:o===_t||o===At?o=I:(o=P,r=void 0);let g=o===P&&i[a+1].startsWith("/>")?" ":"";n+=o===I?l+Ft:m>=0?(s.push(h),l.slice(0,m)+Ct+l.slice(m)+E+g):l+E+(m===-2?a:g)}return[Tt(i,n+(i[e]||"<?>")+(t===2?"</svg>":t===3?"</math>":"")),s]},K=class i{constructor({strings:t,_$litType$:e},s){let r;this.parts=[];let n=0,o=0,a=t.length-1,l=this.parts,[h,p]=Vt(t,e);if(this.el=i.createElement(h,s),T.currentNode=this.el.content,e===2||e===3){let m=this.el.content.firstChild;m.replaceWith(...m.childNodes)}for(;(r=T.nextNode())!==null&&l.length<a;){if(r.nodeType===1){if(r.hasAttributes())for(let m of r.getAttributeNames())if(m.endsWith(Ct)){let f=p[o++],g=r.getAttribute(m).split(E),x=/([.?@])?(.*)/.exec(f);l.push({type:1,index:n,name:x[2],strings:g,ctor:x[1]==="."?nt:x[1]==="?"?ot:x[1]==="@"?at:L}),r.removeAttribute(m)}else m.startsWith(E)&&(l.push({type:6,index:n}),r.removeAttribute(m));if(Pt.test(r.tagName)){let m=r.textContent.split(E),f=m.length-1;if(f>0){r.textContent=Z?Z.emptyScript:"";for(let g=0;g<f;g++)r.append(m[g],G()),T.nextNode(),l.push({type:2,index:++n});r.append(m[f],G())}}}else if(r.nodeType===8)if(r.data===Mt)l.push({type:2,index:n});else{let m=-1;for(;(m=r.data.indexOf(E,m+1))!==-1;)l.push({type:7,index:n}),m+=E.length-1}n++}}static createElement(t,e){let s=R.createElement("template");return s.innerHTML=t,s}};function N(i,t,e=i,s){if(t===U)return t;let r=s!==void 0?e._$Co?.[s]:e._$Cl,n=W(t)?void 0:t._$litDirective$;return r?.constructor!==n&&(r?._$AO?.(!1),n===void 0?r=void 0:(r=new n(i),r._$AT(i,e,s)),s!==void 0?(e._$Co??=[])[s]=r:e._$Cl=r),r!==void 0&&(t=N(i,r._$AS(i,t.values),r,s)),t}var it=class{constructor(t,e){this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t){let{el:{content:e},parts:s}=this._$AD,r=(t?.creationScope??R).importNode(e,!0);T.currentNode=r;let n=T.nextNode(),o=0,a=0,l=s[0];for(;l!==void 0;){if(o===l.index){let h;l.type===2?h=new F(n,n.nextSibling,this,t):l.type===1?h=new l.ctor(n,l.name,l.strings,this,t):l.type===6&&(h=new lt(n,this,t)),this._$AV.push(h),l=s[++a]}o!==l?.index&&(n=T.nextNode(),o++)}return T.currentNode=R,r}p(t){let e=0;for(let s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(t,s,e),e+=s.strings.length-2):s._$AI(t[e])),e++}},F=class i{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(t,e,s,r){this.type=2,this._$AH=d,this._$AN=void 0,this._$AA=t,this._$AB=e,this._$AM=s,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let t=this._$AA.parentNode,e=this._$AM;return e!==void 0&&t?.nodeType===11&&(t=e.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(t,e=this){t=N(this,t,e),W(t)?t===d||t==null||t===""?(this._$AH!==d&&this._$AR(),this._$AH=d):t!==this._$AH&&t!==U&&this._(t):t._$litType$!==void 0?this.$(t):t.nodeType!==void 0?this.T(t):Jt(t)?this.k(t):this._(t)}O(t){return this._$AA.parentNode.insertBefore(t,this._$AB)}T(t){this._$AH!==t&&(this._$AR(),this._$AH=this.O(t))}_(t){this._$AH!==d&&W(this._$AH)?this._$AA.nextSibling.data=t:this.T(R.createTextNode(t)),this._$AH=t}$(t){let{values:e,_$litType$:s}=t,r=typeof s=="number"?this._$AC(t):(s.el===void 0&&(s.el=K.createElement(Tt(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===r)this._$AH.p(e);else{let n=new it(r,this),o=n.u(this.options);n.p(e),this.T(o),this._$AH=n}}_$AC(t){let e=kt.get(t.strings);return e===void 0&&kt.set(t.strings,e=new K(t)),e}k(t){ct(this._$AH)||(this._$AH=[],this._$AR());let e=this._$AH,s,r=0;for(let n of t)r===e.length?e.push(s=new i(this.O(G()),this.O(G()),this,this.options)):s=e[r],s._$AI(n),r++;r<e.length&&(this._$AR(s&&s._$AB.nextSibling,r),e.length=r)}_$AR(t=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);t!==this._$AB;){let s=wt(t).nextSibling;wt(t).remove(),t=s}}setConnected(t){this._$AM===void 0&&(this._$Cv=t,this._$AP?.(t))}},L=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(t,e,s,r,n){this.type=1,this._$AH=d,this._$AN=void 0,this.element=t,this.name=e,this._$AM=r,this.options=n,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=d}_$AI(t,e=this,s,r){let n=this.strings,o=!1;if(n===void 0)t=N(this,t,e,0),o=!W(t)||t!==this._$AH&&t!==U,o&&(this._$AH=t);else{let a=t,l,h;for(t=n[0],l=0;l<n.length-1;l++)h=N(this,a[s+l],e,l),h===U&&(h=this._$AH[l]),o||=!W(h)||h!==this._$AH[l],h===d?t=d:t!==d&&(t+=(h??"")+n[l+1]),this._$AH[l]=h}o&&!r&&this.j(t)}j(t){t===d?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,t??"")}},nt=class extends L{constructor(){super(...arguments),this.type=3}j(t){this.element[this.name]=t===d?void 0:t}},ot=class extends L{constructor(){super(...arguments),this.type=4}j(t){this.element.toggleAttribute(this.name,!!t&&t!==d)}},at=class extends L{constructor(t,e,s,r,n){super(t,e,s,r,n),this.type=5}_$AI(t,e=this){if((t=N(this,t,e,0)??d)===U)return;let s=this._$AH,r=t===d&&s!==d||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,n=t!==d&&(s===d||r);r&&this.element.removeEventListener(this.name,this,s),n&&this.element.addEventListener(this.name,this,t),this._$AH=t}handleEvent(t){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)}},lt=class{constructor(t,e,s){this.element=t,this.type=6,this._$AN=void 0,this._$AM=e,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(t){N(this,t)}};var Xt=ht.litHtmlPolyfillSupport;Xt?.(K,F),(ht.litHtmlVersions??=[]).push("3.3.3");var Rt=(i,t,e)=>{let s=e?.renderBefore??t,r=s._$litPart$;if(r===void 0){let n=e?.renderBefore??null;s._$litPart$=r=new F(t.insertBefore(G(),n),n,void 0,e??{})}return r._$AI(i),r};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var pt=globalThis,b=class extends S{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}update(t){let e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(t),this._$Do=Rt(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return U}};b._$litElement$=!0,b.finalized=!0,pt.litElementHydrateSupport?.({LitElement:b});var Yt=pt.litElementPolyfillSupport;Yt?.({LitElement:b});(pt.litElementVersions??=[]).push("4.2.2");/**
 * @license
 * Copyright 2022 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var k=i=>(t,e)=>{e!==void 0?e.addInitializer(()=>{customElements.define(i,t)}):customElements.define(i,t)};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Zt={attribute:!0,type:String,converter:q,reflect:!1,hasChanged:Y},Qt=(i=Zt,t,e)=>{let{kind:s,metadata:r}=e,n=globalThis.litPropertyMetadata.get(r);if(n===void 0&&globalThis.litPropertyMetadata.set(r,n=new Map),s==="setter"&&((i=Object.create(i)).wrapped=!0),n.set(e.name,i),s==="accessor"){let{name:o}=e;return{set(a){let l=t.get.call(this);t.set.call(this,a),this.requestUpdate(o,l,i,!0,a)},init(a){return a!==void 0&&this.C(o,void 0,i,a),a}}}if(s==="setter"){let{name:o}=e;return function(a){let l=this[o];t.call(this,a),this.requestUpdate(o,l,i,!0,a)}}throw Error("Unsupported decorator location: "+s)};function y(i){return(t,e)=>typeof e=="object"?Qt(i,t,e):((s,r,n)=>{let o=r.hasOwnProperty(n);return r.constructor.createProperty(n,s),o?Object.getOwnPropertyDescriptor(r,n):void 0})(i,t,e)}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function O(i){return y({...i,state:!0,attribute:!1})}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2021 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Ot={tuple:["(",")"],set:["{","}"],bag:["[","]"],map:["{","}"]};function u(i){if("text"in i)return i.text;if("fields"in i)return`${i.name}(${i.fields.map(([,s])=>u(s)).join(", ")})`;if(i.kind==="map")return`{${i.entries.map(([s,r])=>`${u(s)}: ${u(r)}`).join(", ")}}`;let[t,e]=Ot[i.kind];return`${t}${i.items.map(u).join(", ")}${i.kind==="tuple"&&i.items.length===1?",":""}${e}`}function j(i,t,e){if(t!==null&&u(i)===u(t))return c`<span class="same">${u(i)}</span>`;if(t!==null&&"fields"in i&&"fields"in t&&i.name===t.name){let s=new Map(t.fields);return c`${i.name}(${Ut(i.fields.map(([r,n])=>j(n,s.get(r)??null,e)))})`}if(t!==null&&"kind"in i&&"kind"in t&&i.kind===t.kind){let[s,r]=Ot[i.kind];return c`${s}${Ut(te(i,t,e))}${r}`}return mt(u(i),e)}function te(i,t,e){if("entries"in i&&"entries"in t){let r=new Map(t.entries.map(([n,o])=>[u(n),o]));return i.entries.map(([n,o])=>{let a=r.get(u(n));return a?c`${u(n)}: ${j(o,a,e)}`:mt(`${u(n)}: ${u(o)}`,e)})}if(!("items"in i&&"items"in t))return[];if(i.kind==="tuple")return i.items.map((r,n)=>j(r,t.items[n]??null,e));let s=t.items.map(u);return i.items.map(r=>{let n=s.indexOf(u(r));return n<0?mt(u(r),e):(s.splice(n,1),u(r))})}function mt(i,t){return t==="new"?c`<ins>${i}</ins>`:c`<del>${i}</del>`}function Ut(i){return c`${i.map((t,e)=>c`${e>0?", ":d}${t}`)}`}var z=class extends b{render(){let[t,...e]=this.drawn.table;return c`<div class="told">
      <p><strong>${this.drawn.clause}</strong>: ${this.drawn.sentence}</p>
      ${t===void 0?this.drawn.facts.map(s=>c`<p class="fact">${s.name}: ${u(s.value)}</p>`):c`<table>
            <thead><tr>${t.map(s=>c`<th scope="col">${s}</th>`)}</tr></thead>
            <tbody>${e.map(([s,...r])=>c`<tr><th scope="row">${s}</th>${r.map(n=>c`<td>${n}</td>`)}</tr>`)}</tbody>
          </table>`}
      ${this.drawn.notation.map(s=>c`<p class="legend">${s}</p>`)}
      ${this.drawn.given.length?c`<p class="fact">drawn: ${this.drawn.given.map(s=>`${s.name}: ${u(s.value)}`).join(", ")}</p>`:d}
    </div>`}};z.styles=A`
    :host { display: block; overflow-x: auto; }
    table { border-collapse: collapse; margin: 0.5rem 0; }
    th, td { text-align: left; padding: 0.25rem 0.9rem 0.25rem 0; border-bottom: 1px solid var(--faint); font: 13px/1.4 var(--mono); }
    th { font-family: inherit; }
    .fact { font: 13px/1.5 var(--mono); margin: 0.15rem 0; overflow-wrap: anywhere; }
    .legend { color: var(--dim); font-size: 0.85em; margin: 0.2rem 0; }
    .told { border-left: 3px solid var(--bad); padding: 0.3rem 0.8rem; margin: 0.8rem 0; }
  `,$([y({attribute:!1})],z.prototype,"drawn",2),z=$([k("c-drawn")],z);var ee=18,_=30,tt=44,C=26,se=40,re=36,Ht=7.3,w=class extends b{constructor(){super(...arguments);this.at=0;this.labels=!1;this.only="";this.fold=!1;this.named=new Set;this.labelled=!1;this.shown=[];this.heights=[];this.lanes=[];this.sized=new ResizeObserver(()=>this.fit())}willUpdate(){let e=({row:a})=>!this.only||a.start===this.only||a.end===this.only,s=({row:a})=>this.fold&&a.mark==="inside";this.shown=this.trace.moves.flatMap((a,l)=>e(a)&&!s(a)?[l+1]:[]);let r=new Set(this.shown),n=0;this.heights=[tt,...this.trace.moves.map((a,l)=>tt+(r.has(l+1)?(n+++.5)*_:n*_))];let o=new Set(this.trace.moves.filter(e).flatMap(({row:a})=>[a.start,a.end]));this.lanes=this.only?this.trace.lanes.filter(a=>o.has(a)):this.trace.lanes}render(){let{lanes:e}=this,{moves:s,left:r}=this.trace,o=this.left+e.length*this.width+(this.labelled?this.words:0),a=tt+(this.shown.length+(r.length?1.6:.8))*_,l=`Space-time diagram: ${e.length} participants, ${s.length} moves${this.shown.length<s.length?`, of which ${this.shown.length} are drawn`:""}. The list of moves says the same in words.`;return c`<svg class="heads" width=${o} height=${C} viewBox="0 0 ${o} ${C}" aria-hidden="true">
      ${e.map((h,p)=>v`<text class="head ${this.named.has(h)?"is-named":""}" x=${this.x(p)} y="18">${h}</text>`)}
    </svg>
    <svg class="rows" width=${o} height=${a-C} viewBox="0 ${C} ${o} ${a-C}" role="img" aria-label=${l}>
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse" markerUnits="userSpaceOnUse">
          <path class="tip" d="M0 0 L8 4 L0 8 z"></path>
        </marker>
      </defs>
      ${e.map((h,p)=>this.lane(h,p,a))}
      ${this.shown.map(h=>this.move(s[h-1],h,o))} ${this.folds()}
      ${r.filter(h=>!this.only||h.source===this.only||h.to===this.only).map(h=>this.waiting(h.source,h.to,h.sent,a))} ${this.loop()}
    </svg>`}get left(){return se+(this.trace.acts===null&&this.trace.cycle===null?0:re)}get width(){return ee+Ht*Math.max(6,...this.lanes.map(e=>e.length))}get words(){return Ht*Math.max(0,...this.trace.moves.map(e=>e.row.label.length))}x(e){return this.left+(e+.5)*this.width}y(e){return this.heights[e]??tt+this.shown.length*_}place(e){return this.lanes.indexOf(e)}folds(){if(!this.fold)return[];let e=new Map;return this.trace.moves.forEach(({row:s},r)=>{let n=this.place(s.end);if(s.mark!=="inside"||n<0||this.only&&s.end!==this.only)return;let[o,a]=[this.x(n),this.y(r+1)];e.set(`${o} ${a}`,{x:o,y:a,count:(e.get(`${o} ${a}`)?.count??0)+1})}),[...e.values()].map(({x:s,y:r,count:n})=>v`<g><title>${n} ${n===1?"step":"steps"} of its own</title><circle class="folded" cx=${s} cy=${r} r="7"></circle><text class="count" x=${s} y=${r+3.5}>${n}</text></g>`)}lane(e,s,r){let n=this.trace.moves.map((a,l)=>({mark:a.row.mark,who:a.row.end,y:this.y(l+1)})).filter(({who:a,mark:l})=>a===e&&(l==="down"||l==="up")),o=[...n.map(({y:a})=>a),r-8];return o.map((a,l)=>{let h=n[l-1]?.mark==="down";return v`<line class="lane ${h?"is-down":""}" x1=${this.x(s)} x2=${this.x(s)} y1=${o[l-1]??26} y2=${a}></line>`})}move(e,s,r){let n=this.y(s),o=s===this.at?"here":s>this.at?"later":"";return v`<g class=${o} @click=${()=>this.choose(s)}>
      <title>${s}. ${e.said}</title>
      <rect class="band" x="0" y=${n-_/2} width=${r} height=${_}></rect>
      <text class="number" x="30" y=${n+4}>${s}</text>
      ${s===this.trace.acts?v`<text class="acts" x="46" y=${n+4}>◆</text>`:d}
      ${this.drawn(e,s)}
      ${this.labelled?v`<text class="label" x=${this.left+this.lanes.length*this.width} y=${n+4}>${e.row.label}</text>`:d}
    </g>`}drawn(e,s){let{start:r,end:n,mark:o,sent:a,again:l}=e.row,h=this.x(this.place(n)),p=this.y(s);switch(o){case"inside":return v`<circle class="dot" cx=${h} cy=${p} r="4.5"></circle>`;case"down":return this.cross(h,p);case"up":return v`<path class="tip" d="M${h-6} ${p+5} L${h} ${p-6} L${h+6} ${p+5} z"></path>`;default:{let m=this.x(this.place(r)),f=a===null?p:this.y(a),g=o==="lost"?"is-lost":l?"again":a===null?"ask":"",x=(m+h)/2;if(o==="lost"){let $t=(f+p)/2;return v`<line class="message ${g}" x1=${m} y1=${f} x2=${x} y2=${$t}></line>${this.cross(x,$t)}`}return m===h?v`<path class="message ${g}" marker-end="url(#tip)" d="M${h} ${f} C${h+34} ${f} ${h+34} ${p} ${h+5} ${p}"></path>`:v`<line class="message ${g}" marker-end="url(#tip)" x1=${m} y1=${f} x2=${h} y2=${p}></line>`}}}waiting(e,s,r,n){let[o,a]=[this.place(e),this.place(s)];if(r===null||o<0||a<0)return d;let[l,h,p,m]=[this.x(o),this.x(a),this.y(r),n-14],[f,g]=[l+(h-l)*.8,p+(m-p)*.8],x=this.at<this.trace.moves.length?"later":"";return v`<line class="message in-flight ${x}" x1=${l} y1=${p} x2=${f} y2=${g}></line><circle class="ring ${x}" cx=${f} cy=${g} r="4"></circle>`}loop(){let{cycle:e,moves:s}=this.trace;if(e===null||e===0)return d;let[r,n]=[this.y(s.length-e+1),this.y(s.length)];return v`<path class="repeats" marker-end="url(#tip)" d="M14 ${n} H6 V${r} H16"><title>repeated for ever</title></path>`}cross(e,s){return v`<path class="cross" d="M${e-5} ${s-5} L${e+5} ${s+5} M${e+5} ${s-5} L${e-5} ${s+5}"></path>`}connectedCallback(){super.connectedCallback(),this.sized.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.sized.disconnect()}fit(){this.labelled=this.labels&&this.left+this.lanes.length*this.width+this.words<=this.clientWidth}updated(){this.fit();let e=this.y(Math.max(1,this.at))-C;this.clientHeight>0&&this.scrollHeight>this.clientHeight&&(e-_<this.scrollTop?this.scrollTop=e-_:e+2*_+C>this.scrollTop+this.clientHeight&&(this.scrollTop=e+2*_+C-this.clientHeight))}choose(e){this.dispatchEvent(new CustomEvent("step",{detail:e,bubbles:!0,composed:!0}))}};w.styles=A`
    :host { display: block; overflow-x: auto; }
    .heads { position: sticky; top: 0; background: var(--paper); }
    svg { display: block; font: 12px/1 var(--mono); max-width: none; }
    .lane { stroke: var(--faint); stroke-width: 1; }
    .lane.is-down { stroke-dasharray: 1 5; }
    .head { fill: var(--ink); font-weight: 600; text-anchor: middle; }
    .label { fill: var(--ink); }
    .number { fill: var(--dim); text-anchor: end; }
    .message { stroke: var(--ink); stroke-width: 1.5; fill: none; }
    .ask { stroke-width: 2.5; }
    .again { stroke-dasharray: 7 3; }
    .is-lost { stroke-dasharray: 4 4; }
    .in-flight { stroke-dasharray: 1 4; stroke-linecap: round; }
    .tip, .dot { fill: var(--ink); }
    .ring { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
    .cross { stroke: var(--ink); stroke-width: 2; }
    .band { fill: transparent; cursor: pointer; }
    .band:hover { fill: var(--hover); }
    .here .band { fill: var(--hover); }
    .later { opacity: 0.35; }
    .acts { fill: var(--ink); text-anchor: middle; }
    .is-named { fill: var(--bad); text-decoration: underline; }
    .folded { fill: var(--paper); stroke: var(--dim); }
    .count { fill: var(--dim); text-anchor: middle; font-size: 10px; }
    .repeats { fill: none; stroke: var(--ink); stroke-width: 1.5; }
    @media print { .later { opacity: 1; } }
  `,$([y({attribute:!1})],w.prototype,"trace",2),$([y({type:Number})],w.prototype,"at",2),$([y({type:Boolean})],w.prototype,"labels",2),$([y()],w.prototype,"only",2),$([y({type:Boolean})],w.prototype,"fold",2),$([y({attribute:!1})],w.prototype,"named",2),$([O()],w.prototype,"labelled",2),w=$([k("c-spacetime")],w);var H=class extends b{constructor(){super(...arguments);this.at=0}willUpdate(e){e.has("trace")&&(this.at=this.trace.moves.length)}render(){let{moves:e}=this.trace;return c`<div tabindex="0" role="group" aria-label="A run of ${e.length} moves; arrow keys step through it" @keydown=${this.key} @step=${this.stepped}>
      <div class="controls">
        <button @click=${()=>this.go(0)} ?disabled=${this.at===0} aria-label="before the first move">|◀</button>
        <button @click=${()=>this.go(this.at-1)} ?disabled=${this.at===0} aria-label="previous move">◀</button>
        <button @click=${()=>this.go(this.at+1)} ?disabled=${this.at===e.length} aria-label="next move">▶</button>
        <button @click=${()=>this.go(e.length)} ?disabled=${this.at===e.length} aria-label="last move">▶|</button>
        <span>move ${this.at} of ${e.length}</span>
        <span class="hint"><kbd>←</kbd> <kbd>→</kbd> <kbd>Home</kbd> <kbd>End</kbd></span>
      </div>
      <div role="status" aria-live="polite" class="hint">${this.announced()}</div>
      ${this.trace.given.length?c`<p class="fact">given ${ne(this.trace.given)}</p>`:d}
      <div class="both">
        <div class="picture">
          <c-spacetime .trace=${this.trace} .at=${this.at}></c-spacetime>
          ${this.trace.legend.length?c`<p class="legend">${this.trace.legend.map(s=>c`<span>${s}</span>`)}</p>`:d}
          ${this.trace.notation.map(s=>c`<p class="legend">${s}</p>`)}
        </div>
        <div>
          <ol>
            ${e.map((s,r)=>this.move(s,r+1))}
          </ol>
          ${this.trace.cycle===null?d:c`<p>${this.trace.lasso}</p>`}
          ${this.trace.left.length?c`<details><summary>${this.trace.left.length} in flight at the end</summary>
            ${this.trace.left.map(s=>c`<div class="fact">${s.source} → ${s.to} ${s.label}${s.sent===null?"":` from ${s.sent}`}</div>`)}</details>`:d}
          <div class="told">
            <p><strong>${this.trace.clause}</strong>: ${this.trace.sentence}</p>
            ${this.trace.facts.map(s=>c`<p class="fact">${s.name}: ${u(s.value)}</p>`)}
          </div>
        </div>
      </div>
    </div>`}move(e,s){return c`<li class=${s>this.at?"later":""} aria-current=${s===this.at?"step":"false"} @click=${()=>this.go(s)}>
      <span class="number">${s}</span>${e.said}
      ${e.effects.map(r=>c`<div class="effect">${r}</div>`)} ${e.changes.map(ie)}
      ${s===this.trace.acts?this.trace.instead.map(r=>c`<div class="effect acts">${r}</div>`):d}
    </li>`}announced(){let e=this.trace.moves[this.at-1];return e===void 0?"before the first move":[e.said,...e.effects].join("; ")}go(e){this.at=Math.max(0,Math.min(this.trace.moves.length,e))}stepped(e){this.go(e.detail)}key(e){if(e.altKey||e.ctrlKey||e.metaKey)return;let r={ArrowLeft:this.at-1,ArrowUp:this.at-1,k:this.at-1,ArrowRight:this.at+1,ArrowDown:this.at+1,j:this.at+1,Home:0,End:this.trace.moves.length}[e.key];r!==void 0&&(e.preventDefault(),this.go(r))}};H.styles=A`
    :host { display: block; }
    .both { display: grid; grid-template-columns: minmax(0, auto) minmax(20rem, 1fr); gap: 1.5rem; align-items: start; }
    .picture { position: sticky; top: 0; max-height: 92vh; overflow: auto; }
    .legend { color: var(--dim); font-size: 0.85em; margin: 0.2rem 0; max-width: 42rem; }
    .legend span { display: inline-block; margin-right: 1.2em; }
    .controls { display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; margin: 0.5rem 0; }
    button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; cursor: pointer; }
    button:disabled { opacity: 0.4; cursor: default; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    kbd { font: 12px var(--mono); border: 1px solid var(--faint); border-radius: 3px; padding: 0 0.3em; }
    .hint { color: var(--dim); font-size: 0.85em; }
    ol { list-style: none; margin: 0; padding: 0; }
    li { border-left: 3px solid transparent; padding: 0.25rem 0 0.25rem 0.7rem; cursor: pointer; }
    li[aria-current="step"] { border-color: var(--accent); background: var(--hover); }
    li.later { opacity: 0.45; }
    .number { color: var(--dim); font: 12px var(--mono); margin-right: 0.4em; }
    .effect, .change { margin-left: 1.7rem; color: var(--dim); }
    .change, .fact { font: 13px/1.45 var(--mono); overflow-wrap: anywhere; color: var(--ink); }
    .same { color: var(--dim); }
    ins, del { text-decoration: none; border-radius: 2px; padding: 0 0.15em; }
    ins { background: var(--added); }
    del { background: var(--removed); text-decoration: line-through; }
    ins::before { content: "+"; }
    .acts { font-weight: 600; }
    .told { border-left: 3px solid var(--bad); padding: 0.3rem 0.8rem; margin: 0.8rem 0; }
    .told p { margin: 0.2rem 0; }
    @media (max-width: 60rem) { .both { grid-template-columns: minmax(0, 1fr); } .picture { position: static; max-height: none; } }
    @media print { li.later { opacity: 1; } .controls { display: none; } .both { grid-template-columns: minmax(0, 1fr); } }
  `,$([y({attribute:!1})],H.prototype,"trace",2),$([O()],H.prototype,"at",2),H=$([k("c-trace")],H);function ie(i){let t=i.field?`${i.who}.${i.field}`:i.who;return c`<div class="change">${t}: ${j(i.before,i.after,"old")} → ${j(i.after,i.before,"new")}</div>`}function ne(i){return i.map(t=>`${t.name}: ${u(t.value)}`).join(", ")}var ut={good:"✓",bad:"✗",open:"?"},M=class extends b{constructor(){super(...arguments);this.open=new Set;this.wanted=""}connectedCallback(){super.connectedCallback();let e=this.report.protocols.flatMap(s=>s.lines).find(s=>s.tone==="bad"&&s.scene!==null);e!==void 0&&(this.open=new Set([e.id]))}render(){let{report:e}=this;return c`<main>
      <h1><span class=${e.tone}>${ut[e.tone]} ${e.conclusion}</span></h1>
      <p>${e.totals}</p>
      <p class="dim"><code>${e.command}</code>, Concordant ${e.version}</p>
      ${e.never_judged.map(s=>c`<p class="open">${s}</p>`)}
      <p><label>Show only <input type="search" .value=${this.wanted} @input=${this.filter} placeholder="a clause, a mistake, violated …" /></label></p>
      ${e.protocols.map(s=>this.protocol(s))}
    </main>`}protocol(e){let s=e.lines.filter(r=>this.fits(e,r));return s.length===0?d:c`<section aria-label=${e.stem}>
      <h2>${e.stem} <span class="word ${e.tone}">${ut[e.tone]} ${e.word}</span></h2>
      <div class="table"><table>
        <caption>${e.title}</caption>
        <colgroup><col class="what" /><col class="verdict" /><col /><col class="numbers" /></colgroup>
        <thead><tr><th scope="col">what</th><th scope="col">verdict</th><th scope="col">sentence</th><th scope="col">judged on</th></tr></thead>
        <tbody>${s.map(r=>this.line(r))}</tbody>
      </table></div>
      ${e.coverage.length?oe(e.coverage):d}
    </section>`}fits(e,s){let r=this.wanted.toLowerCase();return[e.stem,s.what,s.word,s.sentence].some(n=>n.toLowerCase().includes(r))}line(e){let s=this.open.has(e.id);return c`<tr>
        <th scope="row">${e.what}</th>
        <td class="word ${e.tone}">${ut[e.tone]} ${e.word}</td>
        <td>
          ${e.sentence} ${e.notes.map(r=>c`<div class="open">${r}</div>`)}
          ${e.scene===null?d:c`<button class="shows" aria-expanded=${s} @click=${()=>this.toggle(e.id)}>${s?"hide":"show"} ${ae(e.scene)}</button>`}
          ${e.tone==="good"?d:c`<div class="command dim">${e.command}</div>`}
        </td>
        <td class="numbers">${e.numbers}</td>
      </tr>
      ${s&&e.scene!==null?c`<tr class="scene"><td colspan="4">${le(e.scene)}</td></tr>`:d}`}toggle(e){let s=new Set(this.open);s.delete(e)||s.add(e),this.open=s}filter(e){this.wanted=e.target.value}};M.styles=A`
    :host { display: block; max-width: 90rem; margin: 0 auto; padding: 1rem; }
    h1 { font-size: 1.3rem; margin: 0 0 0.3rem; }
    h2 { font-size: 1.05rem; margin: 2rem 0 0.3rem; }
    p { margin: 0.3rem 0; }
    code, .command { font: 13px var(--mono); overflow-wrap: anywhere; }
    .dim { color: var(--dim); }
    .good { color: var(--good); }
    .bad { color: var(--bad); }
    .open { color: var(--unknown); }
    .word { white-space: nowrap; font-weight: 600; }
    input { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.25rem 0.6rem; width: min(24rem, 100%); box-sizing: border-box; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    .table { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; table-layout: fixed; }
    col.what { width: 26%; }
    col.verdict { width: 8.5rem; }
    col.numbers { width: 20%; }
    caption { text-align: left; color: var(--dim); padding-bottom: 0.4rem; }
    td, th { text-align: left; vertical-align: top; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid var(--faint); }
    th { font-weight: 600; }
    th[scope="row"] { font: 13px/1.6 var(--mono); overflow-wrap: anywhere; }
    td.numbers { color: var(--dim); font-size: 0.9em; }
    button.shows { font: inherit; color: var(--accent); background: none; border: 0; padding: 0; text-decoration: underline; cursor: pointer; }
    summary { cursor: pointer; margin: 0.5rem 0; }
    .scene > td { padding: 0.5rem 0 1.5rem; }
    @media (max-width: 40rem) {
      table, caption, tbody, tr, td, th { display: block; border: 0; padding: 0; }
      thead, colgroup { display: none; }
      tr { border-bottom: 1px solid var(--faint); padding: 0.4rem 0; }
    }
    @media print { input, button.shows { display: none; } }
  `,$([y({attribute:!1})],M.prototype,"report",2),$([O()],M.prototype,"open",2),$([O()],M.prototype,"wanted",2),M=$([k("c-report")],M);function oe(i){return c`<details class="coverage"><summary>coverage: what exploring came to, and never did</summary>
    <div class="table"><table>
      <thead><tr><th scope="col">what</th><th scope="col">came about</th><th scope="col">under</th><th scope="col">never</th></tr></thead>
      <tbody>${i.map(t=>c`<tr>
        <th scope="row">${t.what}</th><td>${t.came}</td><td>${t.under}</td><td>${t.never.map(e=>c`<div class="open">${e}</div>`)}</td>
      </tr>`)}</tbody>
    </table></div>
  </details>`}function ae(i){return i.kind==="trace"?`the run of ${i.moves.length} ${i.moves.length===1?"move":"moves"}`:"the case"}function le(i){return i.kind==="trace"?c`<c-trace .trace=${i}></c-trace>`:c`<c-drawn .drawn=${i}></c-drawn>`}var Nt=document.getElementById("report");if(Nt!==null){let i=document.createElement("c-report");i.report=JSON.parse(Nt.textContent??"null"),document.body.append(i)}})();
